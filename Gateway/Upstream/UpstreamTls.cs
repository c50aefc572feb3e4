using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>TLS towards a cluster.</summary>
internal static class UpstreamTls
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SslClientAuthenticationOptions Options(KubeconfigCluster cluster, ClientCertificate? certificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (certificate is not null)
        {
            // Offline: the chain is what the kubeconfig holds; nothing is fetched for a handshake.
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate.Leaf, certificate.Chain, offline: true);
        }

        if (cluster.SkipTlsVerify)
        {
#pragma warning disable CA5359 // It is what insecure-skip-tls-verify asks for; the start warns of it.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (cluster.Authorities is { } authorities)
        {
            options.CertificateChainPolicy = Policy(authorities);
            options.RemoteCertificateValidationCallback = (_, _, chain, errors) => errors == SslPolicyErrors.None || ChainEnd.IsAnchor(authorities, chain, errors);
        }

        return options;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
