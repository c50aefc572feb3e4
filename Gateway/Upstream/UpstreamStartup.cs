using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>Reads the kubeconfig before the gateway listens, so that a bad one ends the start, and says what is in use.</summary>
internal sealed class UpstreamStartup(KubeconfigContext context, IUpstreamCluster cluster, TimeProvider clock, ILogger<UpstreamStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.ForwardingTo(cluster.Name, cluster.Address, context.Name, context.User.Name);
        if (context.Cluster.SkipTlsVerify)
        {
            logger.TlsNotVerified(cluster.Name);
        }

        if (cluster.Address.Scheme == Uri.UriSchemeHttp)
        {
            logger.NotEncrypted(cluster.Name, cluster.Address);
        }

        if (context.User.Certificate is { } certificate)
        {
            Warn(certificate.Leaf);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Warn(X509Certificate2 certificate)
    {
        var expires = certificate.NotAfter.ToUniversalTime();
        if (expires <= clock.GetUtcNow())
        {
            logger.ClientCertificateExpired(context.User.Name, expires);
        }
    }
}
