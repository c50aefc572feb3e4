using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>Says before the gateway listens which settings have no effect, since no cluster has a mode that uses them.</summary>
internal sealed class IdentityStartup(ClusterCatalog clusters, IOptions<IdentityOptions> identity, ILogger<IdentityStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Warn(clusters.Current.All.Select(cluster => cluster.Mode).Distinct().ToList(), identity.Value, logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static void Warn(IReadOnlyList<IdentityMode> modes, IdentityOptions options, ILogger logger)
    {
        Warn(nameof(options.ClientCaFile), options.ClientCaFile.Length > 0, IdentityMode.Impersonate, IdentityMode.FrontProxy);
        Warn(nameof(options.Oidc), options.Oidc.IsConfigured, IdentityMode.Impersonate, IdentityMode.FrontProxy);
        Warn(nameof(options.NestedImpersonation), options.NestedImpersonation == NestedImpersonation.Check, IdentityMode.Impersonate);
        Warn(nameof(options.FrontProxy), options.FrontProxy.CertificateFile.Length > 0, IdentityMode.FrontProxy);

        void Warn(string key, bool isSet, params IdentityMode[] users)
        {
            if (isSet && !modes.Intersect(users).Any())
            {
                logger.SettingWithoutEffect($"{IdentityOptions.Section}:{key}", string.Join(", ", modes.Select(mode => mode.Word())));
            }
        }
    }
}
