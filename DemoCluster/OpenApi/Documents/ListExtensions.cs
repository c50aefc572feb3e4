using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.OpenApi.Documents;

/// <summary>The <c>x-kubernetes-</c> properties by which clients make and merge patches.</summary>
internal static class ListExtensions
{
    public static void Add(JsonObject schema, SchemaField field)
    {
        var rule = (field.Shape as FieldShape.Sequence)?.Rule;
        if (rule is not null)
        {
            schema["x-kubernetes-list-type"] = rule.Kind.ToString().ToLowerInvariant();
        }

        if (rule is { MapKeys.Length: > 0 })
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. rule.MapKeys.Select(key => (JsonNode)key)]);
        }

        if (rule is { PatchMergeKey.Length: > 0 })
        {
            schema["x-kubernetes-patch-merge-key"] = rule.PatchMergeKey;
        }

        string[] strategies = [.. rule is { PatchMerges: true } ? ["merge"] : Array.Empty<string>(), .. field.RetainsKeys ? ["retainKeys"] : Array.Empty<string>()];
        if (strategies.Length > 0)
        {
            schema["x-kubernetes-patch-strategy"] = string.Join(',', strategies);
        }
    }
}
