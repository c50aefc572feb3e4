using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>The one cluster's address.</summary>
internal sealed class ProxyTargets(KubeconfigContext context) : IProxyTargets
{
    public IReadOnlyList<ProxyTarget> All { get; } =
        ProxyTarget.Of(context.Cluster.Server, context.Cluster.TlsServerName, context.Cluster.Name) is { } target ? [target] : [];
}
