namespace KubeLens.Gateway.Telemetry;

/// <summary>Which <c>traceparent</c> a cluster gets.</summary>
internal enum UpstreamTrace
{
    /// <summary>That of the gateway's span where there is one and it is sampled, else what the caller sent.</summary>
    Span,

    /// <summary>What the caller sent, unchanged, and nothing else.</summary>
    Caller,
}
