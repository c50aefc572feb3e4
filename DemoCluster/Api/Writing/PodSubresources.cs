using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Pods;

namespace KubeLens.DemoCluster.Api.Writing;

/// <summary>What can be done with a pod besides changing it, and a service account's token.</summary>
internal sealed class PodSubresources(ObjectStore store, PodStreams streams, Reviews reviews)
{
    public Task LogAsync(ApiCall call) => streams.LogAsync(call.Http, call.Request, Target(call));

    /// <summary>exec and attach.</summary>
    public Task ExecAsync(ApiCall call) => streams.ExecAsync(call.Http, call.Request, Target(call));

    public static Task PortForwardAsync(ApiCall call) =>
        throw new ApiException(501, "NotImplemented", $"pods \"{call.Name}\": portforward is not served by this cluster");

    /// <summary>There are no disruption budgets here: an eviction is a delete.</summary>
    public async Task EvictAsync(ApiCall call)
    {
        var body = await RequestBody.MapAsync(call.Http, "Eviction");
        var dryRun = call.IsDryRun("CreateOptions");
        var options = DeleteOptionsReader.Of(body["deleteOptions"] as JsonObject ?? []);
        store.Delete(call.Kind, call.Namespace, call.Name, options with { DryRun = options.DryRun || dryRun });
        await Responses.StatusAsync(call.Http, Status.Success(details: null, 201), 201);
    }

    /// <summary>What a scheduler does: the pod gets its node.</summary>
    public async Task BindAsync(ApiCall call)
    {
        var binding = await RequestBody.MapAsync(call.Http, "Binding");
        var dryRun = call.IsDryRun("CreateOptions");
        var node = binding.Text("target.name");
        var causes = new InvalidCauses();
        if (node.Length == 0)
        {
            causes.Required("target.name");
        }

        causes.ThrowIfAny("", "Binding", call.Name);
        store.Update(call.Kind, call.Namespace, call.Name, pod => Bound(call, pod, node), WritePart.Main, dryRun);
        await Responses.StatusAsync(call.Http, Status.Success(details: null, 201), 201);
    }

    public async Task TokenAsync(ApiCall call)
    {
        var account = Target(call);
        var body = await RequestBody.OptionalAsync(call.Http, "TokenRequest") ?? [];
        await Responses.JsonAsync(call.Http, reviews.IssueToken(call.Request, account, body), 201);
    }

    private JsonObject Target(ApiCall call) => store.Get(call.Kind, call.Namespace, call.Name).As(call.Kind);

    private static JsonObject Bound(ApiCall call, JsonObject pod, string node)
    {
        if (pod.Text("spec.nodeName") is { Length: > 0 } bound)
        {
            throw ApiErrors.Conflict(call.Kind, call.Name, $"pod {call.Name} is already assigned to node \"{bound}\"");
        }

        pod.Section("spec")["nodeName"] = node;
        return pod;
    }
}
