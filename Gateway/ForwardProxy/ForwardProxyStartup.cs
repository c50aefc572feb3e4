using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>Before the gateway listens: the certificates are there, so that the file to trust is, and what will not work is said.</summary>
internal sealed class ForwardProxyStartup(IOptions<EndpointOptions> endpoint, ClusterCatalog clusters, IProxyTargets targets, ProxyCertificates certificates, ILogger<ForwardProxyStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (endpoint.Value.ProxyPort == 0)
        {
            return Task.CompletedTask;
        }

        certificates.Prepare();
        logger.Listening(endpoint.Value.ProxyPort, certificates.AuthorityPath, string.Join(", ", targets.All.Select(target => target.Host)));
        foreach (var cluster in clusters.Current.All.Where(cluster => cluster.Mode == IdentityMode.Credential))
        {
            logger.OriginalCredentialsDoNotCount($"{cluster.Plan.Key}:{nameof(ClusterOptions.Identity)}");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
