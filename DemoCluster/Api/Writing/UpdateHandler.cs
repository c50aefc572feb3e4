using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Writing;

internal sealed class UpdateHandler(ObjectStore store)
{
    private const string Options = "UpdateOptions";

    public async Task UpdateAsync(ApiCall call, WritePart part)
    {
        var dryRun = call.IsDryRun(Options);
        var value = await RequestBody.ObjectAsync(call.Http, call.Kind);
        FieldValidation.Check(call, value, Options);
        CheckName(call, value);
        CreateHandler.SetNamespace(call, value);
        if (call.Kind.IsCreatedByUpdate && part == WritePart.Main && store.Revisions.Find(call.Kind, call.Namespace, call.Name) is null)
        {
            await ObjectOutput.ObjectAsync(call, store.Create(call.Kind, value, dryRun, call.Writer), 201);
            return;
        }

        var stored = store.Update(call.Kind, call.Namespace, call.Name, _ => value, part, dryRun, call.Writer);
        await ObjectOutput.ObjectAsync(call, stored, 200);
    }

    public static void CheckName(ApiCall call, JsonObject value)
    {
        var name = value.Name();
        if (name.Length == 0)
        {
            throw ApiErrors.BadRequest($"the name of the object ({call.Name} based on URL) was undeterminable: name must be provided");
        }

        if (name != call.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({call.Name})");
        }
    }
}
