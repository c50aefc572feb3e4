using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Kubeconfig;

/// <summary>A <c>clusters</c> entry of a kubeconfig.</summary>
internal sealed record KubeconfigCluster
{
    public required string Name { get; init; }

    /// <summary>http or https, with an optional path prefix.</summary>
    public required Uri Server { get; init; }

    /// <summary>What the server's chain must end at; null for the system's roots.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Asked for in the handshake and expected in the certificate instead of the server's host; empty for the host.</summary>
    public string TlsServerName { get; init; } = "";

    public bool SkipTlsVerify { get; init; }

    /// <summary>http, https or socks5; null to connect directly.</summary>
    public Uri? Proxy { get; init; }

    public bool DisableCompression { get; init; }

    /// <summary>JSON of the extension <c>client.authentication.k8s.io/exec</c>, which an exec plugin gets; null without one.</summary>
    public string? ExecConfig { get; init; }
}
