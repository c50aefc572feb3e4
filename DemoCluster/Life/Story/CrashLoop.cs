using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.Controllers;
using KubeLens.DemoCluster.Life.World;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>
/// bob moves checkout to a database that is not there and restarts it: the new pods crash, the rollout stands still, and
/// carol needs twenty minutes to find the one line of configuration that did it.
/// </summary>
internal sealed class CrashLoop(Stage stage, TimeProvider clock) : IScene
{
    private const string Config = $"/api/v1/namespaces/{Workloads.Shop}/configmaps/{Workloads.CheckoutConfig}";
    private static readonly Workload Checkout = Workloads.Checkout;

    public void Plan(Agenda agenda, DateTimeOffset end)
    {
        var (alice, carol) = (stage.Cast.Alice, stage.Cast.Carol);
        agenda.At(end.AddMinutes(-45), token => ConfigureAsync(stage.Cast.Bob, "orders-cluster.shop.svc", "kubectl edit", token));
        agenda.At(end.AddMinutes(-44), token => stage.RestartAsync(stage.Cast.Bob, Checkout, clock.GetUtcNow(), token));
        agenda.At(end.AddMinutes(-43), token => stage.GetAsync(stage.Cast.Bob, "/api/v1/namespaces/shop/pods?labelSelector=app%3Dcheckout", token));
        agenda.At(end.AddMinutes(-36), token => stage.GetAsync(alice, "/api/v1/namespaces/shop/pods", token));
        agenda.At(end.AddMinutes(-34), token => LogsAsync(alice, "&previous=true", token));
        agenda.At(end.AddMinutes(-31), token => stage.GetAsync(carol, "/api/v1/namespaces/shop/pods", token));
        agenda.At(end.AddMinutes(-30), DescribeAsync);
        agenda.At(end.AddMinutes(-28), token => LogsAsync(carol, "&previous=true", token));
        agenda.At(end.AddMinutes(-25), token => stage.Kubectl(carol, "kubectl get").ReadAsync(Config, token));
        agenda.At(end.AddMinutes(-23), token => ConfigureAsync(carol, "orders-db.shop.svc", "kubectl patch", token));
        agenda.At(end.AddMinutes(-22), token => stage.RestartAsync(carol, Checkout, clock.GetUtcNow(), token));
        agenda.At(end.AddMinutes(-21), token => stage.GetAsync(carol, "/api/v1/namespaces/shop/pods?labelSelector=app%3Dcheckout", token));
    }

    private async Task ConfigureAsync(Actor person, string database, string command, CancellationToken cancellationToken)
    {
        var run = stage.Kubectl(person, command);
        await run.ReadAsync(Config, cancellationToken);
        await run.SendAsync(HttpMethod.Patch, $"{Config}?fieldManager={command.Replace(' ', '-')}", cancellationToken, new JsonObject { ["data"] = new JsonObject { ["DATABASE_HOST"] = database } }, Actor.StrategicMergePatch);
    }

    private async Task LogsAsync(Actor person, string how, CancellationToken cancellationToken)
    {
        if (Failing() is { } pod)
        {
            var run = stage.Kubectl(person, "kubectl logs");
            await run.ReadAsync($"/api/v1/namespaces/shop/pods/{pod}", cancellationToken);
            await run.ReadAsync($"/api/v1/namespaces/shop/pods/{pod}/log?container=checkout{how}", cancellationToken);
        }
    }

    private async Task DescribeAsync(CancellationToken cancellationToken)
    {
        if (Failing() is { } pod)
        {
            var run = stage.Kubectl(stage.Cast.Carol, "kubectl describe");
            await run.ReadAsync($"/api/v1/namespaces/shop/pods/{pod}", cancellationToken);
            await run.ReadAsync($"/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name%3D{pod}", cancellationToken);
        }
    }

    private string? Failing() => stage.View.PodsOf(Workloads.Shop, Checkout.Name).FirstOrDefault(pod => !PodFacts.IsReady(pod))?.Name;
}
