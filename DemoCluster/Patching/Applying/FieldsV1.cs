using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>A <see cref="FieldSet"/> in its JSON form: <c>{"f:spec":{"f:replicas":{}}}</c>.</summary>
internal static class FieldsV1
{
    private const string Self = ".";

    /// <summary>An object without entries is a member; one with entries is a member only when it says <c>"."</c>.</summary>
    public static FieldSet Read(JsonObject value) => Inner(value, isRoot: true, depth: 0);

    public static JsonObject Write(FieldSet set)
    {
        var result = new JsonObject();
        if (set.IsMember && set.Children.Count > 0)
        {
            result[Self] = new JsonObject();
        }

        foreach (var (step, child) in set.Children)
        {
            result[step] = Write(child);
        }

        return result;
    }

    /// <summary>Whether some path of the set is in the written one, which need not be read for that.</summary>
    public static bool Overlaps(JsonObject written, FieldSet set) => set.Children.Any(child => written[child.Key] is JsonObject inner
        && ((child.Value.IsMember && IsMember(inner)) || Overlaps(inner, child.Value)));

    /// <summary>Whether every path of the set is in the written one, which need not be read for that.</summary>
    public static bool Covers(JsonObject written, FieldSet set) => set.Children.All(child => written[child.Key] is JsonObject inner
        && (!child.Value.IsMember || IsMember(inner)) && Covers(inner, child.Value));

    private static bool IsMember(JsonObject written) => written.Count == 0 || written.ContainsKey(Self);

    private static FieldSet Inner(JsonObject value, bool isRoot, int depth)
    {
        if (depth > PatchLimits.Depth)
        {
            return FieldSet.Leaf;
        }

        var children = value.Where(entry => entry.Key != Self)
            .Select(entry => KeyValuePair.Create(entry.Key, Inner(entry.Value as JsonObject ?? [], isRoot: false, depth + 1)));
        return FieldSet.Of(!isRoot && IsMember(value), children);
    }
}
