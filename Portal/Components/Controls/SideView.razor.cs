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

    private IEnumerable<(string Name, string Value, bool Mono)> Rows =>
    [
        ("Peer", CallSide.EndpointOf(Side.Address, Side.Port ?? 0), true),
        ("Connection", Side.Request switch { null => "", 1 => "New with this call", var request => FormattableString.Invariant($"Reused, request {request}") }, false),
        ("Protocol", Side.Protocol.Length > 0 ? $"HTTP/{Side.Protocol}" : "", false),
        ("TLS version", Side.TlsVersion, false),
        ("Cipher suite", Side.Cipher, true),
        ("ALPN", Side.Alpn, true),
        ("Server name (SNI)", Side.ServerName, true),
        ("Certificate subject", Side.CertificateSubject, true),
        ("Certificate issuer", Side.CertificateIssuer, true),
        ("Certificate SHA-256", Side.CertificateSha256, true),
    ];
}
