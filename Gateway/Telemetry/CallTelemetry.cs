using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Telemetry;

/// <summary>Tells of calls by their spans, log records and metrics; in the call's own flow, after its record is in the spool. Nothing where nobody listens.</summary>
internal sealed class CallTelemetry(CallLog log, CallMetrics metrics, IOptions<TelemetryOptions> options)
{
    private readonly string _callUrl = options.Value.CallUrl;

    /// <summary>Whether anybody wants to know.</summary>
    public bool Wants(CallExchange exchange) => exchange.Span is not null || log.IsWanted || metrics.IsWanted;

    /// <summary>A call that may take long has gone on; only the first of several calls counts.</summary>
    public void Began(CallExchange exchange)
    {
        if (exchange.LongRunning is null)
        {
            var kind = LongRunningKinds.Of(exchange.Info);
            exchange.LongRunning = kind;
            metrics.Began(kind);
        }
    }

    /// <summary>The call has ended, whether or not anybody wants to know.</summary>
    public void EndedLong(CallExchange exchange)
    {
        if (exchange.LongRunning is { } kind)
        {
            metrics.EndedLong(kind);
        }
    }

    /// <summary>A call that may take long, or an upgraded one, is answered and goes on: its span ends here.</summary>
    public void Answered(CallExchange exchange, CallRecord call)
    {
        if (exchange.Span is not { IsClosed: false } span || call.Status is not (StatusCodes.Status101SwitchingProtocols or (>= 200 and < 300)))
        {
            return;
        }

        span.Keep();
        span.Close(call.AuditId, Tags(exchange, call), null, CallTags.OfUpstream(exchange, call), null);
    }

    /// <summary>The call has ended.</summary>
    /// <param name="call">As in its record.</param>
    public void Ended(CallExchange exchange, CallRecord call)
    {
        var error = CallError.OfServer(call.Status, call.Outcome);
        if (exchange.Span is not { IsClosed: true } closed)
        {
            var tags = EndTags(exchange, call);
            Tell(exchange, tags, call, error);
            exchange.Span?.Close(call.AuditId, tags, error, CallTags.OfUpstream(exchange, call), CallError.OfUpstream(exchange.Upstream?.Status ?? 0, call.Outcome));
            return;
        }

        var summary = EndTags(exchange, call);
        CallTags.AddSummary(summary, call);
        using var activity = closed.Summarize(SpanNames.OfSummary(exchange.Info), summary, error);
        Tell(exchange, summary, call, error);
    }

    // While its span is the current one, so that logs are correlated with it and exemplars name it.
    private void Tell(CallExchange exchange, List<KeyValuePair<string, object?>> tags, CallRecord call, string? error)
    {
        if (metrics.IsWanted)
        {
            metrics.Ended(exchange, call, error);
        }

        if (log.IsWanted)
        {
            log.Write(CallError.Level(call.Status, call.Outcome), tags, call, error);
        }
    }

    // Only metrics are wanted where a Prometheus server asks and no collector is told.
    private List<KeyValuePair<string, object?>> EndTags(CallExchange exchange, CallRecord call)
    {
        if (exchange.Span is null && !log.IsWanted)
        {
            return [];
        }

        var tags = Tags(exchange, call);
        CallTags.AddEnd(tags, call);
        return tags;
    }

    private List<KeyValuePair<string, object?>> Tags(CallExchange exchange, CallRecord call) => CallTags.Of(exchange, call, RouteTemplate.Of(exchange.Info), _callUrl);
}
