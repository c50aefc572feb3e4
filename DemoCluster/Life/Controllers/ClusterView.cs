using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>
/// What controllers know of the cluster: real ones keep a copy by watches; these look into the store, and call the API only
/// to change something.
/// </summary>
internal sealed class ClusterView(RevisionStore revisions)
{
    private static readonly ResourceKind Deployment = ResourceKinds.Named("Deployment");
    private static readonly ResourceKind ReplicaSet = ResourceKinds.Named("ReplicaSet");
    private static readonly ResourceKind Pod = ResourceKinds.Named("Pod");
    private static readonly ResourceKind ConfigMap = ResourceKinds.Named("ConfigMap");

    public IEnumerable<StoredObject> Deployments => revisions.Snapshot(Deployment).Objects.Values;

    public IEnumerable<StoredObject> ReplicaSets => revisions.Snapshot(ReplicaSet).Objects.Values;

    public IEnumerable<StoredObject> Pods => revisions.Snapshot(Pod).Objects.Values;

    /// <summary>The version of the last change to anything that controllers act on.</summary>
    public long LastChange => Math.Max(revisions.LastChange(Deployment), Math.Max(revisions.LastChange(ReplicaSet), revisions.LastChange(Pod)));

    public StoredObject? ConfigMapNamed(string ns, string name) => revisions.Find(ConfigMap, ns, name);

    public IReadOnlyList<StoredObject> ReplicaSetsOf(StoredObject deployment) => [.. ReplicaSets.Where(set => set.Owners.Contains(deployment.Uid))];

    public IReadOnlyList<StoredObject> PodsOf(StoredObject replicaSet) => [.. Pods.Where(pod => pod.Owners.Contains(replicaSet.Uid))];

    /// <summary>The pods of a program, ready ones first.</summary>
    public IReadOnlyList<StoredObject> PodsOf(string ns, string app) =>
        [.. Pods.Where(pod => pod.Namespace == ns && pod.Value.Text("metadata.labels.app") == app).OrderByDescending(PodFacts.IsReady)];
}
