using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Bench.Load;

/// <summary>Where a peer listens, whom to trust there, and the certificate to present.</summary>
internal sealed record Endpoint(Uri Address, X509Certificate2 Authority, X509Certificate2? Client);
