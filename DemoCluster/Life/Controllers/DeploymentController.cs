using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>
/// Keeps a replica set for each template of a deployment. A rollout is one step up and, once the new pods are ready, one step
/// down: new ones that never get ready leave the old ones alone.
/// </summary>
internal sealed class DeploymentController(Cast cast, ClusterView view, EventRecorder events) : IController
{
    private const string Revision = "deployment.kubernetes.io/revision";
    private readonly Actor _actor = cast.DeploymentController;

    public async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var deployment in view.Deployments.Where(deployment => deployment.Value.Text("metadata.deletionTimestamp").Length == 0))
        {
            acted |= await ReconcileAsync(deployment, cancellationToken);
        }

        return acted;
    }

    private async Task<bool> ReconcileAsync(StoredObject deployment, CancellationToken cancellationToken)
    {
        var template = deployment.Value.Map("spec.template")!;
        var hash = OwnedObjects.HashOf(template);
        var sets = view.ReplicaSetsOf(deployment);
        var wanted = deployment.Value.Number("spec.replicas") ?? 1;
        if (sets.FirstOrDefault(set => set.Value.Text("metadata.labels.pod-template-hash") == hash) is not { } current)
        {
            await CreateSetAsync(deployment, template, hash, wanted, sets, cancellationToken);
            return true;
        }

        if (current.Value.Number("spec.replicas") != wanted)
        {
            await ScaleAsync(deployment, current, wanted, cancellationToken);
            return true;
        }

        if (Ready(current) >= wanted && sets.FirstOrDefault(set => set != current && set.Value.Number("spec.replicas") > 0) is { } former)
        {
            await ScaleAsync(deployment, former, 0, cancellationToken);
            return true;
        }

        return await ReportAsync(deployment, current, sets, cancellationToken);
    }

    private async Task CreateSetAsync(StoredObject deployment, JsonObject template, string hash, long replicas, IReadOnlyList<StoredObject> former, CancellationToken cancellationToken)
    {
        var pods = template.DeepClone().AsObject();
        pods.Section("metadata").Section("labels")["pod-template-hash"] = hash;
        var selector = deployment.Value.Map("spec.selector")!.DeepClone().AsObject();
        selector.Section("matchLabels")["pod-template-hash"] = hash;
        var revision = former.Select(set => set.Value.At("metadata.annotations")?[Revision].Text() is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0).DefaultIfEmpty().Max() + 1;
        var name = $"{deployment.Name}-{hash}";
        await _actor.CreateAsync($"/apis/apps/v1/namespaces/{deployment.Namespace}/replicasets", new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = deployment.Namespace,
                ["labels"] = pods["metadata"]!["labels"]!.DeepClone(),
                ["annotations"] = new JsonObject { [Revision] = revision.ToString(CultureInfo.InvariantCulture) },
                ["ownerReferences"] = new JsonArray(OwnedObjects.Reference("apps/v1", "Deployment", deployment)),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = pods },
        }, cancellationToken);
        await ScaledAsync(deployment, name, "up", replicas, cancellationToken);
    }

    private async Task ScaleAsync(StoredObject deployment, StoredObject set, long replicas, CancellationToken cancellationToken)
    {
        var up = replicas > set.Value.Number("spec.replicas");
        await _actor.PatchAsync($"/apis/apps/v1/namespaces/{set.Namespace}/replicasets/{set.Name}", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } }, cancellationToken);
        await ScaledAsync(deployment, set.Name, up ? "up" : "down", replicas, cancellationToken);
    }

    private Task ScaledAsync(StoredObject deployment, string set, string direction, long replicas, CancellationToken cancellationToken) =>
        events.RecordAsync(_actor, "deployment-controller", "apps/v1", "Deployment", deployment, "ScalingReplicaSet", $"Scaled {direction} replica set {set} to {replicas}", cancellationToken);

    private async Task<bool> ReportAsync(StoredObject deployment, StoredObject current, IReadOnlyList<StoredObject> sets, CancellationToken cancellationToken)
    {
        long ready = sets.Sum(Ready), all = sets.Sum(set => view.PodsOf(set).Count);
        long updated = view.PodsOf(current).Count;
        var status = deployment.Value.Map("status");
        if (status?.Number("readyReplicas") == ready && status.Number("replicas") == all && status.Number("updatedReplicas") == updated && status.Number("observedGeneration") == deployment.Value.Number("metadata.generation"))
        {
            return false;
        }

        await _actor.PatchAsync($"/apis/apps/v1/namespaces/{deployment.Namespace}/deployments/{deployment.Name}/status", new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["observedGeneration"] = deployment.Value.Number("metadata.generation"),
                ["replicas"] = all,
                ["updatedReplicas"] = updated,
                ["readyReplicas"] = ready,
                ["availableReplicas"] = ready,
                ["unavailableReplicas"] = Math.Max(0, all - ready),
            },
        }, cancellationToken, Actor.MergePatch);
        return true;
    }

    private int Ready(StoredObject set) => view.PodsOf(set).Count(PodFacts.IsReady);
}
