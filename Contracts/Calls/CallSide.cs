namespace KubeLens.Contracts.Calls;

/// <summary>
/// The connection that a call used on one side of the gateway: towards the client or towards the upstream. The same for every
/// call of that connection. Text that is absent is empty.
/// </summary>
public sealed record CallSide
{
    /// <summary>No connection, or nothing known of it.</summary>
    public static CallSide None { get; } = new();

    /// <summary>HTTP's version: <c>1.1</c> or <c>2</c>.</summary>
    public string Protocol { get; init; } = "";

    /// <summary><c>1.2</c> or <c>1.3</c>; empty without TLS.</summary>
    public string TlsVersion { get; init; } = "";

    /// <summary>The cipher suite by its IANA name, as <c>TLS_AES_128_GCM_SHA256</c>.</summary>
    public string Cipher { get; init; } = "";

    /// <summary>What ALPN agreed on: <c>h2</c> or <c>http/1.1</c>; empty when it was not used.</summary>
    public string Alpn { get; init; } = "";

    /// <summary>The name in the handshake (SNI): what the client asked the gateway for, or the gateway its upstream. Empty for an address.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The peer's IP address; of an upstream behind a proxy it is not known.</summary>
    public string Address { get; init; } = "";

    /// <summary>The peer's port; 0 when it is not known.</summary>
    public int Port { get; init; }

    /// <summary><c>10.0.0.7:6443</c>, <c>[fd00::7]:6443</c>; empty when the address is not known.</summary>
    public static string EndpointOf(string address, int port) =>
        address.Length == 0 ? "" : address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    /// <summary>Of the certificate that the peer showed, as a distinguished name.</summary>
    public string CertificateSubject { get; init; } = "";

    public string CertificateIssuer { get; init; } = "";

    /// <summary>SHA-256 of the certificate (DER), 64 hexadecimal digits in upper case.</summary>
    public string CertificateSha256 { get; init; } = "";

    public CallTrust Trust { get; init; }
}
