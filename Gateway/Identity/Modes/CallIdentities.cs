using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;

namespace KubeLens.Gateway.Identity.Modes;

/// <summary>Makes what a cluster's mode needs, or says what is missing.</summary>
internal static class CallIdentities
{
    /// <param name="key">Of the mode, for messages.</param>
    /// <exception cref="ConfigurationException">What is missing.</exception>
    public static ICallIdentity Create(string key, IdentityMode mode, IUpstreamCluster cluster, KubeconfigContext context, FrontProxyOptions frontProxy) => mode switch
    {
        IdentityMode.Passthrough => new PassthroughIdentity(context.Cluster),
        IdentityMode.Impersonate when context.User.Impersonation is { } other => throw new ConfigurationException(
            $"{key} is impersonate, but the kubeconfig's user already acts as \"{other.User}\" (its as field), and impersonation cannot be nested. Take the as fields out, or set {key} to credential."),
        IdentityMode.Impersonate => new ImpersonateIdentity(cluster),
        IdentityMode.FrontProxy => new FrontProxyIdentity(context.Cluster, Load(frontProxy)),
        _ => new CredentialIdentity(cluster),
    };

    private static ClientCertificate Load(FrontProxyOptions options)
    {
        var certificate = new PemFile($"{IdentityOptions.Section}:FrontProxy:{nameof(options.CertificateFile)}", options.CertificateFile);
        var key = new PemFile($"{IdentityOptions.Section}:FrontProxy:{nameof(options.KeyFile)}", options.KeyFile);
        return PemReader.Client(certificate, key);
    }
}
