using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.Strategic;

/// <summary><c>$retainKeys: [a, b]</c>: of a union, such as a volume, only these fields stay.</summary>
internal static class RetainedKeys
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(Directives.RetainKeys, out var node))
        {
            return;
        }

        var keys = Keys(node);
        var stray = patch.FirstOrDefault(field => !field.Key.StartsWith('$') && field.Value is not null && !keys.Contains(field.Key)).Key;
        if (stray is not null)
        {
            throw ApiErrors.BadRequest($"$retainKeys must name every field of the patch, and {stray} is missing");
        }

        foreach (var name in target.Select(field => field.Key).Where(name => !keys.Contains(name)).ToList())
        {
            target.Remove(name);
        }
    }

    private static HashSet<string> Keys(JsonNode? node)
    {
        var problem = ApiErrors.BadRequest("$retainKeys must be a list of field names");
        return node is JsonArray items
            ? [.. items.Select(item => item is JsonValue value && value.TryGetValue<string>(out var name) ? name : throw problem)]
            : throw problem;
    }
}
