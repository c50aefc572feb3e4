using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Upstream.Connections;

/// <summary>Facts of a handshake in the words of a record.</summary>
internal static class TlsFacts
{
    public static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => "",
    };

    /// <summary>An address is never sent as a name (RFC 6066 §3).</summary>
    public static string ServerName(string? name) => name is null || IPAddress.TryParse(name, out _) ? "" : name;

    public static string Address(IPAddress? address) =>
        address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>The side with what the peer's certificate says.</summary>
    public static CallSide WithCertificate(this CallSide side, X509Certificate? certificate) => certificate is null ? side : side with
    {
        CertificateSubject = certificate.Subject,
        CertificateIssuer = certificate.Issuer,
        CertificateSha256 = certificate.GetCertHashString(HashAlgorithmName.SHA256),
    };
}
