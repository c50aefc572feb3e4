using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Api.Writing;

internal sealed class ScaleHandler(ObjectStore store, TimeProvider time)
{
    public Task GetAsync(ApiCall call) =>
        Responses.JsonAsync(call.Http, ScaleObject.Of(store.Get(call.Kind, call.Namespace, call.Name).As(call.Kind)), 200);

    public async Task UpdateAsync(ApiCall call)
    {
        var dryRun = call.IsDryRun("UpdateOptions");
        var scale = await RequestBody.ObjectAsync(call.Http, ScaleObject.Kind);
        UpdateHandler.CheckName(call, scale);
        await ChangeAsync(call, _ => scale, dryRun);
    }

    public async Task PatchAsync(ApiCall call)
    {
        var dryRun = call.IsDryRun("PatchOptions");
        var type = MediaType.Of(call.Http.Request.ContentType);
        var patch = await RequestBody.BytesAsync(call.Http);
        await ChangeAsync(
            call,
            current =>
            {
                var scale = ObjectPatch.Apply(type, patch, current, ScaleObject.Kind, call.Writer.Manager, call.Flag("force"), time.GetUtcNow());
                ObjectShape.Check(scale, ScaleObject.Kind);
                return scale;
            },
            dryRun);
    }

    private Task ChangeAsync(ApiCall call, Func<JsonObject, JsonObject> change, bool dryRun)
    {
        var stored = store.Update(
            call.Kind,
            call.Namespace,
            call.Name,
            workload =>
            {
                var scale = change(ScaleObject.Of(workload));
                Validate(scale, call.Name);
                return ScaleObject.Into(workload, scale);
            },
            WritePart.Main,
            dryRun,
            call.Writer);
        return Responses.JsonAsync(call.Http, ScaleObject.Of(stored.As(call.Kind)), 200);
    }

    private static void Validate(JsonObject scale, string name)
    {
        var causes = new InvalidCauses();
        if (scale.Number("spec.replicas") is < 0 and { } replicas)
        {
            causes.Invalid("spec.replicas", replicas.ToString(System.Globalization.CultureInfo.InvariantCulture), "must be greater than or equal to 0");
        }

        causes.ThrowIfAny(ScaleObject.Kind, name);
    }
}
