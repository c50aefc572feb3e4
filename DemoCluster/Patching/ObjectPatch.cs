using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Patching;

/// <summary>Merge patches; the other types are merged as if they were some, until their own ways are there.</summary>
internal static class ObjectPatch
{
    public static JsonObject Apply(string mediaType, byte[] patch, JsonObject? current, ResourceKind kind, string fieldManager, bool force, DateTimeOffset now)
    {
        if (mediaType is not ("application/merge-patch+json" or "application/strategic-merge-patch+json" or "application/apply-patch+yaml"))
        {
            throw ApiErrors.UnsupportedMediaType("application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml");
        }

        try
        {
            var change = mediaType.EndsWith("yaml", StringComparison.Ordinal) ? YamlReader.Read(patch) : JsonNode.Parse(patch) as JsonObject;
            return Merge(current ?? [], change ?? throw ApiErrors.BadRequest("the patch must be an object"));
        }
        catch (JsonException wrong)
        {
            throw ApiErrors.BadRequest($"error decoding patch: {wrong.Message}");
        }
    }

    /// <summary>RFC 7386.</summary>
    private static JsonObject Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, node) in change)
        {
            if (node is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = node is JsonObject map ? Merge(target[name] as JsonObject is { } inner ? (JsonObject)inner.DeepClone() : [], map) : node.DeepClone();
            }
        }

        return target;
    }
}
