using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>What tells two versions of an object apart.</summary>
/// <param name="Set">Paths that are new or have another value.</param>
/// <param name="Removed">Paths that are gone.</param>
internal sealed record FieldChanges(FieldSet Set, FieldSet Removed)
{
    private static readonly FieldChanges None = new(FieldSet.Empty, FieldSet.Empty);

    public bool IsEmpty => Set.IsEmpty && Removed.IsEmpty;

    public static FieldChanges Between(JsonObject before, JsonObject after, SchemaType type)
    {
        var changes = Compare(before, after, new FieldShape.Structure(type));
        return new FieldChanges(OwnedFields.Owned(changes.Set), OwnedFields.Owned(changes.Removed));
    }

    private static FieldChanges Compare(JsonNode? before, JsonNode? after, FieldShape? shape)
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return None;
        }

        if (ShapeRules.IsLeaf(before, shape) || ShapeRules.IsLeaf(after, shape))
        {
            return Replaced(before, after, shape);
        }

        return (before, after, shape) switch
        {
            (JsonArray old, JsonArray now, FieldShape.Sequence list) => Steps(Items(old, list), Items(now, list), _ => list.Item),
            (JsonObject old, JsonObject now, _) => Steps(Fields(old), Fields(now), step => FieldShapes.Of(shape, step[2..])),
            _ => Replaced(before, after, shape),
        };
    }

    private static FieldChanges Steps(Dictionary<string, JsonNode?> old, Dictionary<string, JsonNode?> now, Func<string, FieldShape?> shapeOf)
    {
        var set = new List<KeyValuePair<string, FieldSet>>();
        var removed = new List<KeyValuePair<string, FieldSet>>();
        foreach (var (step, value) in now)
        {
            var changes = old.TryGetValue(step, out var former)
                ? Compare(former, value, shapeOf(step))
                : new FieldChanges(Added(value, shapeOf(step), IsItem(step)), FieldSet.Empty);
            set.Add(KeyValuePair.Create(step, changes.Set));
            removed.Add(KeyValuePair.Create(step, changes.Removed));
        }

        removed.AddRange(old.Where(entry => !now.ContainsKey(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Added(entry.Value, shapeOf(entry.Key), true))));
        return new FieldChanges(FieldSet.Of(false, set), FieldSet.Of(false, removed));
    }

    private static FieldChanges Replaced(JsonNode? before, JsonNode? after, FieldShape? shape)
        => new(Added(after, shape, false), Added(before, shape, true).Except(Added(after, shape, true)));

    /// <summary>New maps and lists are themselves owned, besides their entries; objects with known fields are there anyway.</summary>
    private static FieldSet Added(JsonNode? value, FieldShape? shape, bool isItem)
    {
        if (ShapeRules.IsLeaf(value, shape))
        {
            return FieldSet.Leaf;
        }

        var below = Compare(value is JsonArray ? new JsonArray() : new JsonObject(), value, shape).Set;
        return below.IsEmpty || isItem || shape is FieldShape.Map or FieldShape.Sequence ? below.Union(FieldSet.Leaf) : below;
    }

    private static bool IsItem(string step) => step[0] is 'k' or 'v';

    private static Dictionary<string, JsonNode?> Fields(JsonObject value) => value.ToDictionary(field => $"f:{field.Key}", field => field.Value);

    private static Dictionary<string, JsonNode?> Items(JsonArray items, FieldShape.Sequence list)
    {
        var result = new Dictionary<string, JsonNode?>();
        foreach (var item in items)
        {
            if (ListSteps.Of(item, list) is { } step)
            {
                result[step] = item;
            }
        }

        return result;
    }
}
