using KubeLens.Gateway.Clusters;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>The addresses of the clusters that are served now. Where two have the same, as two contexts of one apiserver have, the first counts.</summary>
internal sealed class ProxyTargets(ClusterCatalog catalog) : IProxyTargets
{
    public IReadOnlyList<ProxyTarget> All => [.. catalog.Current.All
        .Select(cluster => ProxyTarget.Of(cluster.Context.Cluster.Server, cluster.Context.Cluster.TlsServerName, cluster.Name)).OfType<ProxyTarget>()];
}
