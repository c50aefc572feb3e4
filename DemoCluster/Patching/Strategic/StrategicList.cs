using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Strategic;

/// <summary>Merges one list of a strategic merge patch into the object's own.</summary>
internal static class StrategicList
{
    /// <param name="order">The <c>$setElementOrder</c> of the list; without it the patch itself is the order of its items.</param>
    /// <returns>A list of its own, whose items have no other parent.</returns>
    public static JsonArray Merge(JsonArray current, JsonArray patch, FieldShape.Sequence list, JsonArray? order)
    {
        var key = list.Rule.PatchMergeKey;
        if (key.Length == 0)
        {
            var values = Distinct(current.Concat(patch));
            return ListOrder.Arrange(values, order ?? patch, current, key);
        }

        var changes = patch.Select(item => Item(item, key)).ToList();
        if (changes.Any(change => Directives.PatchOf(change) == Directives.Replace))
        {
            // The item with $patch: replace stands for the list and is not of it.
            return [.. changes.Where(change => Directives.PatchOf(change) != Directives.Replace).Select(change => (JsonNode)StrategicMerge.Clean(change, list.Item))];
        }

        RequireOrdered(changes, order, key);
        var items = current.Select(item => item?.DeepClone()).ToList();
        foreach (var change in changes)
        {
            Change(items, change, list, key);
        }

        var kept = changes.Where(change => Directives.PatchOf(change) != Directives.Delete);
        return ListOrder.Arrange(items, order ?? [.. kept.Select(change => (JsonNode)change.DeepClone())], current, key);
    }

    private static void Change(List<JsonNode?> items, JsonObject change, FieldShape.Sequence list, string key)
    {
        var id = change[key] ?? throw PatchErrors.Invalid($"map: {change.ToJsonString()} does not contain declared merge key: {key}");
        if (Directives.PatchOf(change) == Directives.Delete)
        {
            items.RemoveAll(item => JsonNode.DeepEquals(ListOrder.KeyOf(item, key), id));
            return;
        }

        var index = items.FindIndex(item => JsonNode.DeepEquals(ListOrder.KeyOf(item, key), id));
        if (index >= 0)
        {
            items[index] = StrategicMerge.Merge(items[index]!.AsObject(), change, list.Item);
        }
        else
        {
            items.Add(StrategicMerge.Clean(change, list.Item));
        }
    }

    private static void RequireOrdered(List<JsonObject> changes, JsonArray? order, string key)
    {
        var stray = order is null ? null : changes.FirstOrDefault(change => Directives.PatchOf(change) == Directives.Merge
            && !order.Any(wanted => JsonNode.DeepEquals(ListOrder.KeyOf(wanted, key), change[key])));
        if (stray is not null)
        {
            throw PatchErrors.BadRequest($"the {Directives.SetElementOrder.TrimEnd('/')} list must name every item of the patch, and {key} {stray[key]?.ToJsonString() ?? "null"} is missing");
        }
    }

    private static JsonObject Item(JsonNode? item, string key) => item as JsonObject
        ?? throw PatchErrors.BadRequest($"every item of a list that merges by {key} must be an object");

    private static List<JsonNode?> Distinct(IEnumerable<JsonNode?> values)
    {
        var distinct = new List<JsonNode?>();
        foreach (var value in values)
        {
            if (!distinct.Any(kept => JsonNode.DeepEquals(kept, value)))
            {
                distinct.Add(value?.DeepClone());
            }
        }

        return distinct;
    }
}
