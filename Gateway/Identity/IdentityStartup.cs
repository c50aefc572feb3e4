using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>Says before the gateway listens whose identity goes on, and which settings have no effect with it.</summary>
internal sealed class IdentityStartup(IOptions<ClusterOptions> cluster, IOptions<IdentityOptions> identity, ILogger<IdentityStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (mode, options) = (cluster.Value.Mode, identity.Value);
        logger.ModeInUse(mode.Word());
        Warn(mode, nameof(options.ClientCaFile), options.ClientCaFile.Length > 0 && mode is (IdentityMode.Credential or IdentityMode.Passthrough));
        Warn(mode, nameof(options.Oidc), options.Oidc.IsConfigured && mode is (IdentityMode.Credential or IdentityMode.Passthrough));
        Warn(mode, nameof(options.NestedImpersonation), options.NestedImpersonation == NestedImpersonation.Check && mode != IdentityMode.Impersonate);
        Warn(mode, nameof(options.FrontProxy), options.FrontProxy.CertificateFile.Length > 0 && mode != IdentityMode.FrontProxy);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Warn(IdentityMode mode, string key, bool isIdle)
    {
        if (isIdle)
        {
            logger.SettingWithoutEffect($"{IdentityOptions.Section}:{key}", mode.Word());
        }
    }
}
