using System.Collections.Frozen;

namespace KubeLens.Gateway.Clusters;

/// <summary>The clusters of a moment, and how they are found.</summary>
internal sealed class ClusterSet
{
    private readonly FrozenDictionary<string, ServedCluster>.AlternateLookup<ReadOnlySpan<char>> _byHost;
    private readonly FrozenDictionary<string, ServedCluster>.AlternateLookup<ReadOnlySpan<char>> _byPath;

    /// <param name="clusters">The default one first.</param>
    public ClusterSet(IReadOnlyList<ServedCluster> clusters)
    {
        All = clusters;
        _byHost = clusters.SelectMany(cluster => cluster.Plan.Options.Hosts.Select(host => KeyValuePair.Create(host, cluster)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _byPath = clusters.Where(cluster => !cluster.Plan.IsDefault).ToFrozenDictionary(cluster => cluster.Plan.PathName, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<ServedCluster> All { get; }

    /// <summary>Behind the gateway's own address.</summary>
    public ServedCluster Default => All[0];

    /// <summary>By a host name, without port.</summary>
    public ServedCluster? ByHost(ReadOnlySpan<char> host) => _byHost.TryGetValue(host, out var cluster) ? cluster : null;

    /// <summary>By its name in a path.</summary>
    public ServedCluster? ByPath(ReadOnlySpan<char> name) => _byPath.TryGetValue(name, out var cluster) ? cluster : null;

    /// <summary>By the address of its apiserver.</summary>
    public ServedCluster? At(string host, int port) =>
        All.FirstOrDefault(cluster => cluster.Upstream.Address.Port == port && cluster.Upstream.Address.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));
}
