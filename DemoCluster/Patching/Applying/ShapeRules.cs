using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching.Applying;

internal static class ShapeRules
{
    /// <summary>Whether a value is owned, merged and removed as one: plain values, atomic lists and objects, whatever the schema does not know.</summary>
    public static bool IsLeaf(JsonNode? value, FieldShape? shape) => (value, shape) switch
    {
        (JsonObject, FieldShape.Structure { Type.Atomic: false } or FieldShape.Map) => false,
        (JsonArray, FieldShape.Sequence { Rule.Kind: not ListKind.Atomic }) => false,
        _ => true,
    };
}
