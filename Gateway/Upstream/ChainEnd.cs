using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Upstream;

/// <summary>
/// For Go, and so for Kubernetes, any certificate of an authority file is an anchor; .NET wants a self-signed root.
/// A chain whose only fault is that it ends early is accepted when it ends at one of them.
/// </summary>
internal static class ChainEnd
{
    public static bool IsAnchor(X509Certificate2Collection authorities, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.RemoteCertificateChainErrors && chain is { ChainElements: [.., var last], ChainStatus.Length: > 0 } && chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(last.Certificate.RawDataMemory.Span));
}
