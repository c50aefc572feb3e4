using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

/// <summary>Takes out what a manager once applied and now leaves out, where nobody else owns it.</summary>
internal static class AppliedRemoval
{
    /// <param name="value">Changed in place.</param>
    /// <param name="gone">What the manager gave up.</param>
    /// <param name="others">What the other managers own, and what this one still does.</param>
    public static void From(JsonObject value, FieldSet gone, FieldSet others, FieldShape? shape)
    {
        foreach (var (step, inner) in gone.Children.Where(child => child.Key.StartsWith("f:", StringComparison.Ordinal)))
        {
            var name = step[2..];
            var innerShape = FieldShapes.Of(shape, name);
            if (value.TryGetPropertyValue(name, out var field) && !Survives(field, inner, others[step], innerShape))
            {
                value.Remove(name);
            }
        }
    }

    /// <summary>Whether anything of a value is left.</summary>
    private static bool Survives(JsonNode? value, FieldSet gone, FieldSet others, FieldShape? shape)
    {
        if (gone.IsMember && others.IsEmpty)
        {
            return false;
        }

        switch (value)
        {
            case JsonObject { Count: > 0 } fields when !ShapeRules.IsLeaf(value, shape):
                From(fields, gone, others, shape);
                return fields.Count > 0;
            case JsonArray { Count: > 0 } items when shape is FieldShape.Sequence list && !ShapeRules.IsLeaf(value, shape):
                items.RemoveAll(item => ListSteps.Of(item, list) is { } step && !gone[step].IsEmpty && !Survives(item, gone[step], others[step], list.Item));
                return items.Count > 0;
            default:
                return true;
        }
    }
}
