using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using Microsoft.AspNetCore.Components;

namespace KubeLens.Portal.Components.Controls;

/// <summary>The connection on one side of the gateway.</summary>
public sealed partial class SideView
{
    [Parameter, EditorRequired]
    public SideItem Side { get; set; } = default!;

    /// <summary>Whether the peer is the client, which need not show a certificate.</summary>
    [Parameter]
    public bool IsClient { get; set; }

    private string TrustText => (Side.Trust, IsClient) switch
    {
        ("verified", true) => "Client certificate verified",
        ("verified", false) => "Certificate verified",
        ("unverified", true) => Side.CertificateSubject.Length == 0 ? "No client certificate" : "Client certificate not accepted",
        ("unverified", false) => "Certificate not verified",
        ("plaintext", _) => "Not encrypted",
        _ => "Not recorded",
    };

    private string TrustClass => (Side.Trust, IsClient) switch
    {
        ("verified", _) => "status-ok",
        ("unverified", true) when Side.CertificateSubject.Length == 0 => "status-none",
        ("unverified" or "plaintext", _) => "status-warn",
        _ => "status-none",
    };

    private string TrustGlyph => TrustClass switch
    {
        "status-ok" => "✓",
        "status-warn" => "▲",
        _ => "○",
    };

    private IEnumerable<Fact> Facts =>
    [
        new("Peer", CallSide.EndpointOf(Side.Address, Side.Port ?? 0), Mono: true),
        new("Connection", Side.Request switch { null => "", 1 => "New with this call", var request => FormattableString.Invariant($"Reused, request {request}") }),
        new("Protocol", Side.Protocol.Length > 0 ? $"HTTP/{Side.Protocol}" : ""),
        new("TLS version", Side.TlsVersion),
        new("Cipher suite", Side.Cipher, Mono: true),
        new("ALPN", Side.Alpn, Mono: true),
        new("Server name (SNI)", Side.ServerName, Mono: true),
        new("Certificate subject", Side.CertificateSubject, Mono: true),
        new("Certificate issuer", Side.CertificateIssuer, Mono: true),
        new("Certificate SHA-256", Side.CertificateSha256, Mono: true),
    ];
}
