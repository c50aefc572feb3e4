using KubeLens.Gateway.Clusters;

namespace KubeLens.Gateway.Kubelets;

/// <summary>A request that means a kubelet.</summary>
/// <param name="Cluster">Whose node it is.</param>
/// <param name="RawTarget">As the kubelet gets it.</param>
/// <param name="Prefix">What was taken off before it.</param>
internal readonly record struct KubeletCall(Kubelet Kubelet, ServedCluster Cluster, string RawTarget, string Prefix, bool ByHost)
{
    /// <summary>Null when the cluster has just gone: another one may be in its place.</summary>
    public ServedCall? Enter() => Cluster.TryEnter() ? new ServedCall(Kubelet.Of(Cluster), RawTarget, Prefix, ByHost) : null;
}
