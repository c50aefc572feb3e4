using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Api.Writing;

/// <summary>
/// Patches run on the object as it is when they are applied: when another write comes between, the store lets the patch run again
/// on the newer object. A patch that names a resourceVersion fails instead.
/// </summary>
internal sealed class PatchHandler(ObjectStore store, TimeProvider time)
{
    private const string Options = "PatchOptions";
    private const string Apply = "application/apply-patch+yaml";

    public async Task PatchAsync(ApiCall call, WritePart part)
    {
        var dryRun = call.IsDryRun(Options);
        var type = MediaType.Of(call.Http.Request.ContentType);
        var force = call.Flag("force");
        Validate(call, type, force);
        var patch = await RequestBody.BytesAsync(call.Http);
        var missing = type == Apply && part == WritePart.Main && store.Revisions.Find(call.Kind, call.Namespace, call.Name) is null;
        if (missing)
        {
            await ObjectOutput.ObjectAsync(call, store.Create(call.Kind, Patched(call, type, patch, current: null), dryRun), 201);
            return;
        }

        var stored = store.Update(call.Kind, call.Namespace, call.Name, current => Patched(call, type, patch, current), part, dryRun, type == Apply ? null : call.Writer);
        await ObjectOutput.ObjectAsync(call, stored, 200);
    }

    private JsonObject Patched(ApiCall call, string type, byte[] patch, JsonObject? current)
    {
        var value = ObjectPatch.Apply(type, patch, current, call.Kind, call.Writer.Manager, call.Flag("force"), time.GetUtcNow());
        ObjectShape.Check(value, call.Kind);
        FieldValidation.Check(call, value, Options);
        UpdateHandler.CheckName(call, value);
        CreateHandler.SetNamespace(call, value);
        return value;
    }

    private static void Validate(ApiCall call, string type, bool force)
    {
        var causes = new InvalidCauses();
        if (type == Apply && call.Query("fieldManager").Length == 0)
        {
            causes.Required("fieldManager", "is required for apply patch");
        }

        if (type != Apply && force)
        {
            causes.Forbidden("force", "may not be specified for non-apply patch");
        }

        causes.ThrowIfAny("meta.k8s.io", Options, "");
    }
}
