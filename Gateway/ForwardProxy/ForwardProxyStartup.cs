using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>Before the gateway listens, and whenever there are other clusters, the certificates are there, so that the file to trust is; says what will not work.</summary>
internal sealed class ForwardProxyStartup(IOptions<EndpointOptions> endpoint, ClusterCatalog clusters, IProxyTargets targets, ProxyCertificates certificates, ILogger<ForwardProxyStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (endpoint.Value.ProxyPort == 0)
        {
            return Task.CompletedTask;
        }

        certificates.Prepare();
        clusters.Changed += Renew;
        logger.Listening(endpoint.Value.ProxyPort, certificates.AuthorityPath, string.Join(", ", targets.All.Select(target => target.Host)));
        foreach (var cluster in clusters.Current.All.Where(cluster => cluster.Mode == IdentityMode.Credential))
        {
            logger.OriginalCredentialsDoNotCount($"{cluster.Plan.Key}:{nameof(ClusterOptions.Identity)}");
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        clusters.Changed -= Renew;
        return Task.CompletedTask;
    }

    // Clients read the authority before they connect.
    private void Renew()
    {
        try
        {
            certificates.Prepare();
        }
        catch (GatewayPkiException e)
        {
            logger.RenewalFailed(e.Message);
        }
    }
}
