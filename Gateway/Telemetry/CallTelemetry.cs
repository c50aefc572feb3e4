using System.Diagnostics;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Capture;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Telemetry;

/// <summary>Tells of calls by their spans and log records; in the call's own flow, after its record is in the spool. Nothing where nobody listens.</summary>
internal sealed class CallTelemetry(CallLog log, IOptions<TelemetryOptions> options)
{
    private readonly string _callUrl = options.Value.CallUrl;

    /// <summary>Whether anybody wants to know.</summary>
    public bool Wants(CallExchange exchange) => exchange.Span is not null || log.IsWanted;

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
        var tags = Tags(exchange, call);
        CallTags.AddEnd(tags, call);
        var error = CallError.OfServer(call.Status, call.Outcome);
        if (exchange.Span is not { } span)
        {
            Log(tags, call, error, isLong: false);
        }
        else if (span.IsClosed)
        {
            CallTags.AddSummary(tags, call);
            using var summary = span.Summarize(SpanNames.OfSummary(exchange.Info), tags, error);
            Log(tags, call, error, isLong: true);
        }
        else
        {
            Log(tags, call, error, isLong: false);
            span.Close(call.AuditId, tags, error, CallTags.OfUpstream(exchange, call), CallError.OfUpstream(exchange.Upstream?.Status ?? 0, call.Outcome));
        }
    }

    // Before its span is closed, so that it is correlated with it.
    private void Log(List<KeyValuePair<string, object?>> tags, CallRecord call, string? error, bool isLong)
    {
        if (log.IsWanted)
        {
            log.Write(CallError.Level(call.Status, call.Outcome), tags, call, error, isLong);
        }
    }

    private List<KeyValuePair<string, object?>> Tags(CallExchange exchange, CallRecord call) => CallTags.Of(exchange, call, RouteTemplate.Of(exchange.Info), _callUrl);
}
