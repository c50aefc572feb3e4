using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching.Applying;
using KubeLens.DemoCluster.Patching.Bodies;
using KubeLens.DemoCluster.Patching.JsonPatches;
using KubeLens.DemoCluster.Patching.Strategic;
using KubeLens.DemoCluster.Schemas;

namespace KubeLens.DemoCluster.Patching;

/// <summary>The four ways to change an object by a patch.</summary>
internal static class ObjectPatch
{
    /// <param name="mediaType">The Content-Type, parameters allowed.</param>
    /// <param name="current">Stays as it is. Null only with apply, which then creates.</param>
    /// <param name="fieldManager">Who applies; the other media types leave managedFields alone, see <see cref="ManagedFields.Track"/>.</param>
    /// <param name="force">Only allowed with apply, and implied there: this cluster knows no ownership conflicts.</param>
    /// <returns>A new object. It is not yet validated: a patch may have taken its name away.</returns>
    /// <exception cref="ApiException">400, 404, 413, 415 or 422.</exception>
    public static JsonObject Apply(string mediaType, byte[] patch, JsonObject? current, ResourceKind kind, string fieldManager, bool force, DateTimeOffset now)
    {
        var media = mediaType.Split(';', 2)[0].Trim();
        if (media == PatchMediaTypes.Apply)
        {
            return ServerSideApply.Apply(current, YamlBody.ReadObject(patch), kind, fieldManager, now);
        }

        if (!PatchMediaTypes.All.Contains(media))
        {
            throw PatchErrors.UnsupportedMediaType(media);
        }

        if (force)
        {
            throw PatchErrors.Invalid("PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch");
        }

        if (current is null)
        {
            throw new ApiException(404, "NotFound", $"{kind.Resource} to patch: not found");
        }

        return media switch
        {
            PatchMediaTypes.Json => JsonPatch.Apply(JsonBody.Read(patch), current),
            PatchMediaTypes.Merge => JsonMergePatch.Apply(JsonBody.ReadObject(patch), current),
            _ => StrategicMerge.Apply(JsonBody.ReadObject(patch), current, SchemaCatalog.Of(kind)),
        };
    }
}
