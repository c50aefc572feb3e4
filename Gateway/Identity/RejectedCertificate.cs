namespace KubeLens.Gateway.Identity;

/// <summary>Set on a connection whose client showed a certificate that does not count here.</summary>
/// <param name="Problem">A sentence for the caller.</param>
internal sealed record RejectedCertificate(string Problem);
