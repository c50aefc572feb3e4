using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>Makes and deletes pods until there are as many as a replica set asks for.</summary>
internal sealed class ReplicaSetController(Cast cast, ClusterView view, EventRecorder events, Random random) : IController
{
    private readonly Actor _actor = cast.ReplicaSetController;

    public async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var set in view.ReplicaSets.Where(set => set.Value.Text("metadata.deletionTimestamp").Length == 0))
        {
            acted |= await ReconcileAsync(set, cancellationToken);
        }

        return acted;
    }

    private async Task<bool> ReconcileAsync(StoredObject set, CancellationToken cancellationToken)
    {
        var pods = view.PodsOf(set).Where(pod => !PodFacts.IsEnding(pod)).ToList();
        var wanted = (int)(set.Value.Number("spec.replicas") ?? 1);
        for (var missing = pods.Count; missing < wanted; missing++)
        {
            await CreatePodAsync(set, cancellationToken);
        }

        // Those that serve nobody go first.
        foreach (var surplus in pods.OrderBy(PodFacts.IsReady).Take(pods.Count - wanted))
        {
            await _actor.DeleteAsync($"/api/v1/namespaces/{surplus.Namespace}/pods/{surplus.Name}", cancellationToken);
            await events.RecordAsync(_actor, "replicaset-controller", "apps/v1", "ReplicaSet", set, "SuccessfulDelete", $"Deleted pod: {surplus.Name}", cancellationToken);
        }

        return pods.Count != wanted || await ReportAsync(set, pods, cancellationToken);
    }

    private async Task CreatePodAsync(StoredObject set, CancellationToken cancellationToken)
    {
        var pod = set.Value.Map("spec.template")!.DeepClone().AsObject();
        pod["apiVersion"] = "v1";
        pod["kind"] = "Pod";
        var metadata = pod.Section("metadata");
        metadata["name"] = $"{set.Name}-{OwnedObjects.Suffix(random)}";
        metadata["namespace"] = set.Namespace;
        metadata["ownerReferences"] = new JsonArray(OwnedObjects.Reference("apps/v1", "ReplicaSet", set));
        var answer = await _actor.CreateAsync($"/api/v1/namespaces/{set.Namespace}/pods", pod, cancellationToken);
        if (answer.IsSuccess)
        {
            await events.RecordAsync(_actor, "replicaset-controller", "apps/v1", "ReplicaSet", set, "SuccessfulCreate", $"Created pod: {metadata["name"]}", cancellationToken);
        }
    }

    private async Task<bool> ReportAsync(StoredObject set, IReadOnlyList<StoredObject> pods, CancellationToken cancellationToken)
    {
        long ready = pods.Count(PodFacts.IsReady);
        var status = set.Value.Map("status");
        if (status?.Number("replicas") == pods.Count && (status.Number("readyReplicas") ?? 0) == ready)
        {
            return false;
        }

        await _actor.PatchAsync($"/apis/apps/v1/namespaces/{set.Namespace}/replicasets/{set.Name}/status", new JsonObject
        {
            ["status"] = new JsonObject { ["replicas"] = pods.Count, ["fullyLabeledReplicas"] = pods.Count, ["readyReplicas"] = ready, ["availableReplicas"] = ready, ["observedGeneration"] = set.Value.Number("metadata.generation") },
        }, cancellationToken, Actor.MergePatch);
        return true;
    }
}
