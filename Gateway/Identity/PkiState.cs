using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity;

/// <summary>The certificates in use at a moment. Never disposed: handshakes under way may hold it.</summary>
internal sealed class PkiState
{
    public PkiState(X509Certificate2 authority, X509Certificate2 server, X509Certificate2 clientAuthority)
    {
        Authority = authority;
        AuthorityPem = authority.ExportCertificatePem() + "\n";
        Server = server;
        ServerContext = SslStreamCertificateContext.Create(server, null, offline: true);
        ClientAuthority = clientAuthority;
        ClientPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        ClientPolicy.CustomTrustStore.Add(clientAuthority);
        ClientPolicy.ApplicationPolicy.Add(new Oid(CertificateMaker.ClientAuthentication));
        RenewAt = new[] { authority, server, clientAuthority }.Min(CertificateLife.RenewAt);
    }

    /// <summary>What callers trust: signs the server certificate only.</summary>
    public X509Certificate2 Authority { get; }

    public string AuthorityPem { get; }
    public X509Certificate2 Server { get; }
    public SslStreamCertificateContext ServerContext { get; }

    /// <summary>What the gateway trusts: signs callers' certificates only, and leaves this machine in no trust store.</summary>
    public X509Certificate2 ClientAuthority { get; }

    public X509ChainPolicy ClientPolicy { get; }
    public DateTimeOffset RenewAt { get; init; }

    /// <summary>Whether a certificate counts as a caller's here.</summary>
    public bool Issued(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = ClientPolicy.Clone();
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return chain.Build(certificate);
    }

    /// <summary>Looks again later, because renewing failed.</summary>
    public PkiState Until(DateTimeOffset renewAt) => new(Authority, Server, ClientAuthority) { RenewAt = renewAt };
}
