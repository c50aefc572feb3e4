using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Kubeconfig;

/// <param name="Leaf">With its private key.</param>
/// <param name="Chain">The intermediates that stood below it, sent along in handshakes.</param>
internal sealed record ClientCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain);
