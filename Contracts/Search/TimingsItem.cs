namespace KubeLens.Contracts.Search;

/// <summary>Where a call's time went, in milliseconds; null where that did not happen or is not known.</summary>
/// <param name="ConnectMs">Name lookup and TCP handshake, when the call opened its upstream connection.</param>
/// <param name="TlsMs">The TLS handshake after it.</param>
/// <param name="FirstByteMs">From the request's first byte to the head of the upstream's response.</param>
/// <param name="UpstreamMs">From the request's sending to the end of the upstream's response, without connecting.</param>
public sealed record TimingsItem(double? ConnectMs, double? TlsMs, double? FirstByteMs, double? UpstreamMs);
