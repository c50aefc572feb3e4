using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.Strategic;

/// <summary><c>$deleteFromPrimitiveList/finalizers: [x]</c>: takes plain values out of a list.</summary>
internal static class PrimitiveDeletions
{
    public static void Apply(JsonObject target, string name, JsonNode? values)
    {
        var gone = values as JsonArray ?? throw ApiErrors.BadRequest($"{Directives.DeleteFromPrimitiveList}{name} must be a list");
        (target[name] as JsonArray)?.RemoveAll(item => gone.Any(value => JsonNode.DeepEquals(value, item)));
    }
}
