using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.World;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>Somebody cleans up in the wrong namespace: payments-api is gone for twelve minutes, until carol applies it again.</summary>
internal sealed class DeletedDeployment(Stage stage) : IScene
{
    private static readonly Workload Victim = Workloads.PaymentsApi;

    public void Plan(Agenda agenda, DateTimeOffset end)
    {
        var (dave, carol) = (stage.Cast.Dave, stage.Cast.Carol);
        agenda.At(end.AddMinutes(-71), token => stage.GetAsync(dave, "/apis/apps/v1/namespaces/shop/deployments", token));
        agenda.At(end.AddMinutes(-70), DeleteAsync);
        agenda.At(end.AddMinutes(-63), token => stage.GetAsync(carol, "/apis/apps/v1/namespaces/shop/deployments", token));
        agenda.At(end.AddMinutes(-62), token => stage.Kubectl(carol, "kubectl get").GetAsync(Workloads.PathOf(Victim), token)); // 404
        agenda.At(end.AddMinutes(-61), token => stage.GetAsync(carol, "/api/v1/namespaces/shop/events", token));
        agenda.At(end.AddMinutes(-58), ApplyAsync);
        agenda.At(end.AddMinutes(-57), token => stage.GetAsync(carol, "/api/v1/namespaces/shop/pods?labelSelector=app%3Dpayments-api", token));
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var run = stage.Kubectl(stage.Cast.Dave, "kubectl delete");
        await run.SendAsync(HttpMethod.Delete, Workloads.PathOf(Victim), cancellationToken, new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["propagationPolicy"] = "Background" });
        await run.ReadAsync($"/apis/apps/v1/namespaces/shop/deployments?fieldSelector=metadata.name%3D{Victim.Name}", cancellationToken);
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var run = stage.Kubectl(stage.Cast.Carol, "kubectl apply");
        await run.ReadAsync(Workloads.PathOf(Victim), cancellationToken);
        var deployment = Victim.Deployment();
        var applied = JsonSerializer.Serialize(deployment);
        deployment["metadata"]!["annotations"] = new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = applied + "\n" };
        await run.SendAsync(HttpMethod.Post, "/apis/apps/v1/namespaces/shop/deployments?fieldManager=kubectl-client-side-apply&fieldValidation=Strict", cancellationToken, deployment);
    }
}
