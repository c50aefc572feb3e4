using KubeLens.Gateway.Kubeconfig;

namespace KubeLens.Gateway.Upstream;

/// <summary>What proves the gateway to a cluster, until it expires or is refused.</summary>
/// <param name="Authorization">The header's whole value; null when the certificate speaks, or nobody.</param>
/// <param name="Certificate">Presented in the TLS handshake.</param>
/// <param name="Identity">Whom the apiserver sees with it.</param>
/// <param name="Expires">Null when it is not known to end.</param>
internal sealed record UpstreamCredential(string? Authorization, ClientCertificate? Certificate, UpstreamIdentity Identity, DateTimeOffset? Expires = null)
{
    public static UpstreamCredential Of(ClientCertificate? certificate, string token, DateTimeOffset? expires = null) =>
        new(token.Length > 0 ? "Bearer " + token : null, certificate, IdentityOf(certificate, token), expires);

    // An apiserver asks its certificate authenticator first, so a certificate beats a token sent with it.
    private static UpstreamIdentity IdentityOf(ClientCertificate? certificate, string token) =>
        certificate is not null ? CertificateIdentity.Of(certificate.Leaf)
        : token.Length > 0 ? TokenIdentity.Of(token)
        : UserGroups.Anonymous;
}
