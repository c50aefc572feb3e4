using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Api.Errors;

namespace KubeLens.DemoCluster.Patching.JsonPatches;

/// <summary>RFC 6902, all or nothing.</summary>
internal static class JsonPatch
{
    /// <exception cref="ApiException">400 for a malformed patch, 413 for one too long, 422 for one that does not fit the object.</exception>
    public static JsonObject Apply(JsonNode? patch, JsonObject current)
    {
        var list = patch as JsonArray ?? throw ApiErrors.BadRequest("error decoding patch: a JSON patch is an array of operations");
        if (list.Count > PatchLimits.JsonPatchOperations)
        {
            throw PatchErrors.TooLarge($"The allowed maximum operations in a JSON patch is {PatchLimits.JsonPatchOperations}, got {list.Count}");
        }

        var operations = list.Select(JsonPatchOperation.Read).ToList();
        var target = new JsonPatchTarget(current.DeepClone());
        foreach (var operation in operations)
        {
            target.Apply(operation);
        }

        return target.Root as JsonObject ?? throw PatchErrors.Invalid("the patched object must still be a JSON object");
    }
}
