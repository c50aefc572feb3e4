using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
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

        if (changes.Find(change => change[key] is null) is { } nameless)
        {
            throw PatchErrors.Invalid($"map: {nameless.ToJsonString()} does not contain declared merge key: {key}");
        }

        var deletions = changes.Where(change => Directives.PatchOf(change) == Directives.Delete).Select(change => ListOrder.Id(change, key)).ToHashSet();
        var items = current.Where(item => !deletions.Contains(ListOrder.Id(item, key))).Select(item => item?.DeepClone()).ToList();
        changes.RemoveAll(change => Directives.PatchOf(change) == Directives.Delete);
        RequireOrdered(changes, order, key);
        MergeItems(items, changes, list);
        return ListOrder.Arrange(items, order ?? [.. changes.Select(change => (JsonNode)change.DeepClone())], current, key);
    }

    private static void MergeItems(List<JsonNode?> items, List<JsonObject> changes, FieldShape.Sequence list)
    {
        var key = list.Rule.PatchMergeKey;
        var places = new Dictionary<string, int>();
        for (var i = 0; i < items.Count; i++)
        {
            places.TryAdd(ListOrder.Id(items[i], key), i);
        }

        foreach (var change in changes)
        {
            if (places.TryGetValue(ListOrder.Id(change, key), out var place))
            {
                items[place] = StrategicMerge.Merge(items[place]!.AsObject(), change, list.Item);
            }
            else
            {
                places.Add(ListOrder.Id(change, key), items.Count);
                items.Add(StrategicMerge.Clean(change, list.Item));
            }
        }
    }

    private static void RequireOrdered(List<JsonObject> changes, JsonArray? order, string key)
    {
        var wanted = order?.Select(item => ListOrder.Id(item, key)).ToHashSet();
        if (wanted is not null && changes.Find(change => !wanted.Contains(ListOrder.Id(change, key))) is { } stray)
        {
            throw ApiErrors.BadRequest($"the {Directives.SetElementOrder.TrimEnd('/')} list must name every item of the patch, and {key} {stray[key]!.ToJsonString()} is missing");
        }
    }

    private static JsonObject Item(JsonNode? item, string key) => item as JsonObject
        ?? throw ApiErrors.BadRequest($"every item of a list that merges by {key} must be an object");

    private static List<JsonNode?> Distinct(IEnumerable<JsonNode?> values)
        => [.. values.DistinctBy(value => ListOrder.Id(value, "")).Select(value => value?.DeepClone())];
}
