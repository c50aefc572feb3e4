using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Clusters;

/// <summary>
/// The clusters that are served now. A reload takes over what has not changed, with its connections and what it knows of
/// tokens; what has changed or gone serves its running calls to their end.
/// </summary>
internal sealed class ClusterCatalog(IConfiguration configuration, ServedClusterFactory factory, IOptions<IdentityOptions> identity, IOptions<EndpointOptions> endpoint, TimeProvider clock, ILogger<ClusterCatalog> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private volatile ClusterSet? _current;

    /// <summary>Other clusters, or other settings of theirs, than a moment ago.</summary>
    public event Action? Changed;

    /// <summary>Never empty; the first access reads them.</summary>
    /// <exception cref="ConfigurationException">At the first access: what is wrong with one of them.</exception>
    public ClusterSet Current => _current ?? Start();

    /// <summary>Reads the configuration again. A cluster whose new settings cannot be used keeps its former ones.</summary>
    public void Reload()
    {
        var former = Current;
        IReadOnlyList<ClusterPlan> plans;
        try
        {
            plans = ClusterPlans.Read(configuration, identity.Value, endpoint.Value);
        }
        catch (ConfigurationException e)
        {
            logger.ReloadFailed(string.Join(' ', e.Problems));
            return;
        }

        var next = plans.Select(plan => Renewed(plan, former)).OfType<ServedCluster>().ToList();
        if (next.SequenceEqual(former.All))
        {
            return;
        }

        _current = new ClusterSet(next);
        foreach (var gone in former.All.Except(next))
        {
            logger.ClusterGone(gone.Name, gone.Plan.Key);
            gone.Leave();
        }

        Changed?.Invoke();
    }

    public void Dispose()
    {
        foreach (var cluster in _current?.All ?? [])
        {
            cluster.Leave();
        }
    }

    private ClusterSet Start()
    {
        lock (_lock)
        {
            return _current ??= new ClusterSet([.. ClusterPlans.Read(configuration, identity.Value, endpoint.Value).Select(plan => Make(plan, Load(plan)))]);
        }
    }

    private ServedCluster? Renewed(ClusterPlan plan, ClusterSet former)
    {
        var present = plan.IsDefault ? former.Default : former.ByPath(plan.PathName);
        try
        {
            var context = Load(plan);
            return present?.Stamp == ClusterStamp.Of(plan, context) ? present : Make(plan, context);
        }
        catch (ConfigurationException e)
        {
            logger.ClusterNotRenewed(plan.Key, e.Message);
            return present;
        }
    }

    private ServedCluster Make(ClusterPlan plan, KubeconfigContext context)
    {
        var cluster = factory.Create(plan, context);
        ClusterAnnouncement.Write(logger, cluster, clock.GetUtcNow());
        return cluster;
    }

    private KubeconfigContext Load(ClusterPlan plan)
    {
        try
        {
            return ClusterContext.Load(plan.Options, endpoint.Value);
        }
        catch (KubeconfigException e) when (!plan.IsDefault)
        {
            throw new KubeconfigException($"{plan.Key}: {e.Message}", e);
        }
    }
}
