using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Controllers;
using KubeLens.DemoCluster.Life.World;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Story;

/// <summary>What scenes are made of: the cast, what they know of the cluster, and chance.</summary>
internal sealed class Stage(Cast cast, ClusterView view, Random random)
{
    public Cast Cast => cast;

    public ClusterView View => view;

    public Random Random => random;

    public KubectlRun Kubectl(Actor person, string command)
    {
        var session = new byte[16];
        random.NextBytes(session);
        return new KubectlRun(person, command, new Guid(session));
    }

    /// <summary><c>kubectl get RESOURCE -n NAMESPACE</c>.</summary>
    public Task GetAsync(Actor person, string path, CancellationToken cancellationToken) => Kubectl(person, "kubectl get").GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500", cancellationToken);

    /// <summary><c>kubectl set image</c>: reads the deployment, then changes it.</summary>
    public async Task SetVersionAsync(Actor person, Workload workload, string version, CancellationToken cancellationToken)
    {
        var run = Kubectl(person, "kubectl set image");
        await run.ReadAsync(Workloads.PathOf(workload), cancellationToken);
        await run.SendAsync(HttpMethod.Patch, $"{Workloads.PathOf(workload)}?fieldManager=kubectl-set", cancellationToken, new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["version"] = version } },
                    ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = workload.Name, ["image"] = (workload with { Version = version }).Image }) },
                },
            },
        }, Actor.StrategicMergePatch);
    }

    /// <summary><c>kubectl rollout restart deployment</c>.</summary>
    public async Task RestartAsync(Actor person, Workload workload, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var run = Kubectl(person, "kubectl rollout restart");
        await run.ReadAsync(Workloads.PathOf(workload), cancellationToken);
        await run.SendAsync(HttpMethod.Patch, $"{Workloads.PathOf(workload)}?fieldManager=kubectl-rollout", cancellationToken, new JsonObject
        {
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["kubectl.kubernetes.io/restartedAt"] = ObjectMetadata.Timestamp(now) } } } },
        }, Actor.StrategicMergePatch);
    }
}
