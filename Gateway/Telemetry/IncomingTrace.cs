namespace KubeLens.Gateway.Telemetry;

/// <summary>What a caller's <c>traceparent</c> means for the gateway's span.</summary>
internal enum IncomingTrace
{
    /// <summary>The span is a part of the caller's trace.</summary>
    Continue,

    /// <summary>The span begins a trace of its own, and links to the caller's: for callers that are not to decide what is sampled.</summary>
    Link,
}
