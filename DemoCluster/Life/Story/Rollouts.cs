using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.World;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>New versions, by a person and by the delivery pipeline.</summary>
internal sealed class Rollouts(Stage stage) : IScene
{
    public void Plan(Agenda agenda, DateTimeOffset end)
    {
        agenda.At(end.AddMinutes(-112), token => stage.SetVersionAsync(stage.Cast.Alice, Workloads.Storefront, "1.43.0", token));
        agenda.At(end.AddMinutes(-110), token => stage.GetAsync(stage.Cast.Alice, "/api/v1/namespaces/shop/pods?labelSelector=app%3Dstorefront", token));
        agenda.At(end.AddMinutes(-52), token => DeliverAsync(Workloads.Orders, "4.1.0", token));
        agenda.At(end.AddMinutes(-14), token => DeliverAsync(Workloads.Catalog, "2.15.0", token));
        agenda.At(end.AddMinutes(-6), token => stage.SetVersionAsync(stage.Cast.Alice, Workloads.Storefront, "1.43.1", token));
    }

    /// <summary>By server-side apply of what the pipeline cares about.</summary>
    public Task DeliverAsync(Workload workload, string version, CancellationToken cancellationToken)
    {
        var name = workload.Name;
        return stage.Cast.Deployer.PatchAsync($"{Workloads.PathOf(workload)}?fieldManager=deployer&force=true", new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = workload.Namespace },
            ["spec"] = new JsonObject
            {
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["version"] = version } },
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = name, ["image"] = (workload with { Version = version }).Image }) },
                },
            },
        }, cancellationToken, Actor.Apply);
    }
}
