using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Writing;

internal sealed class CreateHandler(ObjectStore store, Reviews reviews)
{
    private const string Options = "CreateOptions";

    public async Task CreateAsync(ApiCall call)
    {
        var dryRun = call.IsDryRun(Options);
        var value = await RequestBody.ObjectAsync(call.Http, call.Kind);
        FieldValidation.Check(call, value, Options);
        SetNamespace(call, value);
        if (call.Kind.Stored)
        {
            await ObjectOutput.ObjectAsync(call, store.Create(call.Kind, value, dryRun, call.Writer), 201);
            return;
        }

        if (!reviews.TryAnswer(call.Kind, value, call.Request, out var answer))
        {
            throw ApiErrors.NoResource();
        }

        await Responses.JsonAsync(call.Http, answer, 201);
    }

    /// <exception cref="ApiException">400 when the object names another namespace than the path.</exception>
    public static void SetNamespace(ApiCall call, JsonObject value)
    {
        var metadata = value.Section("metadata");
        if (!call.Kind.Namespaced)
        {
            return;
        }

        if (metadata.Text("namespace") is { Length: > 0 } sent && sent != call.Namespace)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = call.Namespace;
    }
}
