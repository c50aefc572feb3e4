using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Clusters;

/// <summary>Says which cluster is served, how, and what is risky about it.</summary>
internal static class ClusterAnnouncement
{
    public static void Write(ILogger logger, ServedCluster cluster, DateTimeOffset now)
    {
        var (address, context) = (cluster.Upstream.Address, cluster.Context);
        logger.ForwardingTo(cluster.Name, address, context.Name, context.User.Name, cluster.Mode.Word());
        if (!cluster.Plan.IsDefault)
        {
            logger.AlsoServed(cluster.Name, ClusterRoute.Root + cluster.Plan.PathName, string.Join(", ", cluster.Plan.Options.Hosts));
        }

        if (context.Cluster.SkipTlsVerify)
        {
            logger.TlsNotVerified(cluster.Name);
        }

        if (address.Scheme == Uri.UriSchemeHttp)
        {
            logger.NotEncrypted(cluster.Name, address);
        }

        if (context.User.Certificate is { Leaf: var leaf } && leaf.NotAfter.ToUniversalTime() is var expires && expires <= now)
        {
            logger.ClientCertificateExpired(context.User.Name, expires);
        }
    }
}
