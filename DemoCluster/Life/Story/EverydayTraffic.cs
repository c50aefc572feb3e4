using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.World;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>What goes on all the time, in the history and after it: leases, the chatty programs, people looking around.</summary>
internal sealed class EverydayTraffic(Stage stage, TimeProvider clock)
{
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces";

    private static readonly string[] Looks =
    [
        "/api/v1/namespaces/shop/pods",
        "/apis/apps/v1/namespaces/shop/deployments",
        "/api/v1/namespaces/shop/services",
        "/api/v1/namespaces/platform/pods",
        "/api/v1/namespaces/shop/events",
        "/api/v1/namespaces",
        "/api/v1/namespaces/monitoring/configmaps",
    ];

    public void Plan(Agenda agenda, DateTimeOffset begin)
    {
        foreach (var (node, kubelet) in stage.Cast.Kubelets)
        {
            agenda.Every(begin + Up(20), () => Around(20), token => RenewAsync(kubelet, "kube-node-lease", node, token));
            agenda.Every(begin + Up(300), () => Around(300), token => ReportAsync(kubelet, node, token));
        }

        agenda.Every(begin + Up(15), () => Around(20), token => RenewAsync(stage.Cast.ControllerManager, "kube-system", "kube-controller-manager", token));
        agenda.Every(begin + Up(15), () => Around(20), token => RenewAsync(stage.Cast.Scheduler, "kube-system", "kube-scheduler", token));
        agenda.Every(begin + Up(30), () => Around(45), token => stage.Cast.InventorySync.GetAsync("/api/v1/pods", token));
        agenda.Every(begin + Up(200), () => Around(540), token => stage.Cast.ReportExporter.GetAsync("/api/v1/namespaces/shop/secrets/orders-db", token));
        agenda.Every(begin + Up(200), () => Around(300), token => stage.Cast.LegacyCron.GetAsync("/apis/batch/v1beta1/cronjobs?limit=50", token));
        agenda.Every(begin + Up(60), () => Around(60), CompareAsync);
        agenda.Every(begin + Up(60), () => Around(70), token => LookAsync(stage.Cast.Alice, token));
        agenda.Every(begin + Up(90), () => Around(150), token => LookAsync(stage.Cast.Bob, token));
        agenda.Every(begin + Up(90), () => Around(240), token => LookAsync(stage.Cast.Carol, token));
    }

    private async Task RenewAsync(Actor holder, string ns, string name, CancellationToken cancellationToken)
    {
        var path = $"{Leases}/{ns}/leases/{name}";
        var lease = await holder.GetAsync(path, cancellationToken);
        var spec = new JsonObject { ["holderIdentity"] = $"{name}_{holder.User.Split(':')[^1]}", ["leaseDurationSeconds"] = 40, ["renewTime"] = ObjectMetadata.MicroTime(clock.GetUtcNow()) };
        if (lease.Body is { } body && lease.IsSuccess)
        {
            body["spec"] = spec;
            await holder.UpdateAsync(path, body, cancellationToken);
            return;
        }

        await holder.CreateAsync($"{Leases}/{ns}/leases", new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
            ["spec"] = spec,
        }, cancellationToken);
    }

    private Task ReportAsync(Actor kubelet, string node, CancellationToken cancellationToken) =>
        kubelet.PatchAsync($"/api/v1/nodes/{node}/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject
                {
                    ["type"] = "Ready",
                    ["status"] = "True",
                    ["reason"] = "KubeletReady",
                    ["message"] = "kubelet is posting ready status",
                    ["lastHeartbeatTime"] = ObjectMetadata.Timestamp(clock.GetUtcNow()),
                }),
            },
        }, cancellationToken);

    /// <summary>The delivery pipeline compares what is with what should be.</summary>
    private Task CompareAsync(CancellationToken cancellationToken)
    {
        var workload = Workloads.All[stage.Random.Next(Workloads.All.Count)];
        return stage.Cast.Deployer.GetAsync(Workloads.PathOf(workload), cancellationToken);
    }

    private Task LookAsync(Actor person, CancellationToken cancellationToken) => stage.GetAsync(person, Looks[stage.Random.Next(Looks.Length)], cancellationToken);

    private TimeSpan Up(double seconds) => TimeSpan.FromSeconds(stage.Random.NextDouble() * seconds);

    private TimeSpan Around(double seconds) => TimeSpan.FromSeconds(seconds * (0.8 + (0.4 * stage.Random.NextDouble())));
}
