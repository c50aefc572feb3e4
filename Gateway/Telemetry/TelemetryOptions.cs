namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// What the gateway tells an OpenTelemetry collector of calls. Whether it tells anything is up to OpenTelemetry's own
/// variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>). See docs/telemetry.md.
/// </summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// Whether calls are told of, by spans, log records and the meter of calls. Without, a collector still gets the metrics of the gateway's own
    /// work. Default true.
    /// </summary>
    public bool Calls { get; set; } = true;

    /// <summary>
    /// Of reads that went well, the part whose spans are exported, from 0 to 1. Writes, errors, watches, shells and other long
    /// calls always are, and calls of which a caller's <c>traceparent</c> says so. Stands in for <c>OTEL_TRACES_SAMPLER</c>.
    /// Default 1.
    /// </summary>
    public double SampleRatio { get; set; } = 1;

    /// <summary>What a caller's <c>traceparent</c> means for the gateway's span. Default <c>continue</c>.</summary>
    public IncomingTrace IncomingTrace { get; set; } = IncomingTrace.Continue;

    /// <summary>Which <c>traceparent</c> the cluster gets. Default <c>span</c>.</summary>
    public UpstreamTrace UpstreamTrace { get; set; } = UpstreamTrace.Span;

    /// <summary>
    /// The address at which a call can be looked at, for the span attribute <c>kubelens.call.url</c>, with <c>{auditId}</c>,
    /// <c>{cluster}</c> and <c>{started}</c> (UTC, ISO 8601) in it:
    /// <c>https://kubelens.example/search?q=audit:{auditId}&amp;from={started}&amp;to=now</c>. Empty: no such attribute. Default empty.
    /// </summary>
    public string CallUrl { get; set; } = "";

    /// <summary>The most resources that metrics tell apart; those that come later count as <c>_other</c>. Default 200.</summary>
    public int MetricResources { get; set; } = 200;

    /// <summary>The most client programs that metrics tell apart; those that come later count as <c>_other</c>. Default 50.</summary>
    public int MetricClients { get; set; } = 50;
}
