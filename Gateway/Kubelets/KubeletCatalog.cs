using System.Collections.Frozen;
using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Kubelets;

/// <summary>The kubelets of <c>Kubelets</c>, and which request means one: by its host, by the name of its handshake, or below <c>/kubelets/{node}</c>.</summary>
internal sealed class KubeletCatalog : IDisposable
{
    public const string Root = "/kubelets/";

    private readonly IReadOnlyList<Kubelet> _all;
    private readonly FrozenDictionary<string, Kubelet>.AlternateLookup<ReadOnlySpan<char>> _byNode;
    private readonly FrozenDictionary<string, Kubelet>.AlternateLookup<ReadOnlySpan<char>> _byHost;

    /// <exception cref="ConfigurationException">What is wrong with one of them.</exception>
    public KubeletCatalog(IConfiguration configuration, ClusterCatalog clusters, CredentialSources credentials, IOptions<IdentityOptions> identity, TimeProvider clock, ILogger<KubeletCatalog> logger)
    {
        var current = clusters.Current;
        _all = [.. KubeletPlans.Read(configuration, current).Select(plan => Make(plan, ClusterOf(plan, current)!))];
        _byNode = _all.ToFrozenDictionary(kubelet => kubelet.Plan.Node, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _byHost = _all.SelectMany(kubelet => kubelet.Plan.Options.Hosts.Select(host => KeyValuePair.Create(host, kubelet))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

        Kubelet Make(KubeletPlan plan, ServedCluster cluster)
        {
            var context = KubeletContext.Of(plan, cluster.Name);
            if (cluster.Mode != IdentityMode.Passthrough && context.User is { Certificate: null, TokenFile.Length: 0 })
            {
                throw new KubeconfigException($"{plan.Key} has no credential of its own, which {cluster.Plan.Key}:Identity={cluster.Mode.Word()} needs: set {nameof(KubeletOptions.CertificateFile)} and {nameof(KubeletOptions.KeyFile)}, or {nameof(KubeletOptions.TokenFile)}.");
            }

            logger.KubeletServed(plan.Node, cluster.Name, context.Cluster.Server, Root + plan.Node);
            return new Kubelet(plan, context, credentials.For(context, TimeSpan.Zero), identity.Value.StripHeaders, clock);
        }
    }

    /// <summary>Null for a name that no cluster has.</summary>
    public static ServedCluster? ClusterOf(KubeletPlan plan, ClusterSet clusters) => plan.Options.Cluster.Length == 0 ? clusters.Default : clusters.ByPath(plan.Options.Cluster);

    /// <summary>Null when the request is for a cluster.</summary>
    public KubeletCall? Find(HttpContext context, ClusterSet clusters)
    {
        if (_all.Count == 0)
        {
            return null;
        }

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (_byHost.TryGetValue(HostPolicy.Name(context.Request.Host.Value), out var kubelet))
        {
            return Call(kubelet, clusters, target, "", byHost: true);
        }

        return context.Features.Get<ITlsHandshakeFeature>()?.HostName is { Length: > 0 } server && _byHost.TryGetValue(server, out kubelet)
            ? Call(kubelet, clusters, target, "", byHost: false)
            : Below(target, clusters);
    }

    public void Dispose()
    {
        foreach (var kubelet in _all)
        {
            kubelet.Dispose();
        }
    }

    private KubeletCall? Below(string target, ClusterSet clusters) =>
        NamedPath.Below(Root, target) is { } path && _byNode.TryGetValue(path.Name, out var kubelet) ? Call(kubelet, clusters, path.Target, path.Prefix, byHost: false) : null;

    private static KubeletCall? Call(Kubelet kubelet, ClusterSet clusters, string target, string prefix, bool byHost) =>
        ClusterOf(kubelet.Plan, clusters) is { } cluster ? new KubeletCall(kubelet, cluster, target, prefix, byHost) : null;
}
