namespace KubeLens.Contracts.Otlp;

/// <summary>What the attributes of one side's connection are called.</summary>
internal sealed record CallSideAttributes(
    string Protocol,
    string TlsVersion,
    string Cipher,
    string Alpn,
    string ServerName,
    string Address,
    string Port,
    string CertificateSubject,
    string CertificateIssuer,
    string CertificateSha256,
    string Trust)
{
    public static readonly CallSideAttributes Client = new(
        CallAttributes.ClientProtocol,
        CallAttributes.ClientTlsVersion,
        CallAttributes.ClientCipher,
        CallAttributes.ClientAlpn,
        CallAttributes.ClientServerName,
        CallAttributes.ClientAddress,
        CallAttributes.ClientPort,
        CallAttributes.ClientCertificateSubject,
        CallAttributes.ClientCertificateIssuer,
        CallAttributes.ClientCertificateSha256,
        CallAttributes.ClientTrust);

    public static readonly CallSideAttributes Upstream = new(
        CallAttributes.UpstreamProtocol,
        CallAttributes.UpstreamTlsVersion,
        CallAttributes.UpstreamCipher,
        CallAttributes.UpstreamAlpn,
        CallAttributes.UpstreamServerName,
        CallAttributes.UpstreamAddress,
        CallAttributes.UpstreamPort,
        CallAttributes.UpstreamCertificateSubject,
        CallAttributes.UpstreamCertificateIssuer,
        CallAttributes.UpstreamCertificateSha256,
        CallAttributes.UpstreamTrust);
}
