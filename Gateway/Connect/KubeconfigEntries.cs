using KubeLens.Gateway.Clusters;

namespace KubeLens.Gateway.Connect;

/// <summary>The clusters that a gateway serves, as a kubeconfig names them.</summary>
internal static class KubeconfigEntries
{
    /// <param name="gateway">Its address.</param>
    /// <param name="tlsServerName">See <see cref="Identity.EndpointOptions.TlsServerName"/>.</param>
    public static IReadOnlyList<KubeconfigEntry> Of(string gateway, string tlsServerName, IReadOnlyList<ServedCluster> clusters)
    {
        var entries = new List<KubeconfigEntry>(clusters.Count);
        foreach (var cluster in clusters)
        {
            var path = cluster.Plan.IsDefault ? "" : ClusterRoute.Root + cluster.Plan.PathName;
            var name = cluster.Plan.IsDefault ? cluster.Context.Name : cluster.Plan.PathName;
            entries.Add(new KubeconfigEntry(entries.Exists(other => other.Context == name) ? path : name, gateway + path, cluster.Context.Namespace, tlsServerName));
        }

        return entries;
    }
}
