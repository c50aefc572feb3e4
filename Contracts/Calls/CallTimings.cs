namespace KubeLens.Contracts.Calls;

/// <summary>Where the time of a call went, in microseconds; null where that did not happen or is not known.</summary>
/// <param name="ConnectUs">Name lookup and TCP handshake, when the call opened its upstream connection.</param>
/// <param name="TlsUs">The TLS handshake after it.</param>
/// <param name="FirstByteUs">From the request's first byte to the head of the upstream's response.</param>
/// <param name="UpstreamUs">From the request's sending to the end of the upstream's response, without connecting.</param>
public sealed record CallTimings(long? ConnectUs, long? TlsUs, long? FirstByteUs, long? UpstreamUs)
{
    /// <summary>Nothing was sent upstream.</summary>
    public static CallTimings None { get; } = new(null, null, null, null);
}
