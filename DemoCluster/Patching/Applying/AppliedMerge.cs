using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>Puts an applied configuration over the live object: what it sets wins, what it leaves out stays.</summary>
internal static class AppliedMerge
{
    /// <param name="live">Changed in place.</param>
    public static void Into(JsonObject live, JsonObject applied, FieldShape shape)
    {
        foreach (var (name, value) in applied)
        {
            var inner = FieldShapes.Of(shape, name);
            if (value is null)
            {
                live.Remove(name);
                continue;
            }

            var existing = live[name];
            if (ShapeRules.IsLeaf(value, inner) || ShapeRules.IsLeaf(existing, inner))
            {
                live[name] = value.DeepClone();
            }
            else if (value is JsonArray items)
            {
                IntoList(existing!.AsArray(), items, (FieldShape.Sequence)inner!);
            }
            else
            {
                Into(existing!.AsObject(), value.AsObject(), inner!);
            }
        }
    }

    private static void IntoList(JsonArray live, JsonArray applied, FieldShape.Sequence list)
    {
        var existing = live.Select(item => (Step: ListSteps.Of(item, list), Item: item)).Where(item => item.Step is not null)
            .DistinctBy(item => item.Step).ToDictionary(item => item.Step!, item => item.Item);
        foreach (var item in applied)
        {
            if (ListSteps.Of(item, list) is not { } step || !existing.TryGetValue(step, out var twin))
            {
                live.Add(item?.DeepClone());
            }
            else if (twin is JsonObject fields && item is JsonObject changes)
            {
                Into(fields, changes, list.Item);
            }
        }
    }
}
