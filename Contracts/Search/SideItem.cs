namespace KubeLens.Contracts.Search;

/// <summary>The connection on one side of the gateway. Absent text is empty.</summary>
public sealed record SideItem
{
    /// <summary>HTTP's version: <c>1.1</c> or <c>2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary><c>1.2</c> or <c>1.3</c>.</summary>
    public required string TlsVersion { get; init; }

    /// <summary>By its IANA name.</summary>
    public required string Cipher { get; init; }

    /// <summary><c>h2</c> or <c>http/1.1</c>.</summary>
    public required string Alpn { get; init; }

    /// <summary>The name in the handshake (SNI).</summary>
    public required string ServerName { get; init; }

    /// <summary>The peer's IP address.</summary>
    public required string Address { get; init; }

    /// <summary>The peer's port.</summary>
    public required int? Port { get; init; }

    /// <summary>Of the certificate that the peer showed.</summary>
    public required string CertificateSubject { get; init; }

    public required string CertificateIssuer { get; init; }

    /// <summary>64 hexadecimal digits in upper case.</summary>
    public required string CertificateSha256 { get; init; }

    /// <summary>What is known of the peer: <c>unknown</c>, <c>plaintext</c>, <c>unverified</c> or <c>verified</c>.</summary>
    public required string Trust { get; init; }

    /// <summary>Which request of the connection this one is: 1 for a new connection.</summary>
    public required long? Request { get; init; }
}
