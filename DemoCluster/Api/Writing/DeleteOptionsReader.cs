using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Bodies;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Api.Reading;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Writing;

/// <summary>Reads DeleteOptions from the body, or from the query of a request without one.</summary>
internal static class DeleteOptionsReader
{
    private const string Kind = "DeleteOptions";

    public static async Task<DeleteOptions> ReadAsync(ApiCall call)
    {
        var body = await RequestBody.OptionalAsync(call.Http, Kind);
        return body is { Count: > 0 } ? Of(body) : new DeleteOptions
        {
            DryRun = call.IsDryRun(Kind),
            GracePeriodSeconds = ListQuery.Number(call.Query("gracePeriodSeconds")),
            Propagation = Policy(call.Query("propagationPolicy"), call.Query("orphanDependents")),
        };
    }

    public static DeleteOptions Of(JsonObject body)
    {
        var dryRun = body.Items("dryRun").Select(value => value.Text()).ToList();
        ApiCall.CheckDryRun(dryRun, Kind);
        return new DeleteOptions
        {
            Uid = body.Text("preconditions.uid"),
            ResourceVersion = body.Text("preconditions.resourceVersion"),
            GracePeriodSeconds = body.Number("gracePeriodSeconds"),
            Propagation = Policy(body.Text("propagationPolicy"), body.At("orphanDependents").Plain()),
            DryRun = dryRun.Count > 0,
        };
    }

    private static PropagationPolicy Policy(string policy, string orphans)
    {
        var causes = new InvalidCauses();
        if (policy is not ("" or "Background" or "Foreground" or "Orphan"))
        {
            causes.NotSupported("propagationPolicy", $"\"{policy}\"", "\"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        }

        causes.ThrowIfAny("meta.k8s.io", Kind, "");
        return policy.Length > 0 ? Enum.Parse<PropagationPolicy>(policy) : orphans == "true" ? PropagationPolicy.Orphan : PropagationPolicy.Background;
    }
}
