using System.Buffers.Binary;
using System.Diagnostics;
using KubeLens.Contracts.Calls;
using KubeLens.Gateway.Normalize;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Telemetry;

/// <summary>Begins the spans of calls, and says which are sampled. Costs one look at the source when nobody listens.</summary>
internal sealed class CallTracing(IOptions<TelemetryOptions> options, TimeProvider clock)
{
    public static readonly ActivitySource Source = new("KubeLens.Gateway");

    private readonly TelemetryOptions _options = options.Value;

    /// <summary>Null where nobody listens.</summary>
    public CallSpan? Start(HttpContext context, RequestInfo info)
    {
        if (!_options.Calls || !Source.HasListeners())
        {
            return null;
        }

        var named = CallerOf(context.Request);
        var continues = _options.IncomingTrace == IncomingTrace.Continue;
        var links = named != default && !continues ? new[] { new ActivityLink(named) } : null;
        var server = Source.StartActivity(SpanNames.Of(info), ActivityKind.Server, continues ? named : default, links: links);
        if (server is null)
        {
            return null;
        }

        if (!IsSampled(info, continues ? named : default, server.TraceId))
        {
            server.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        return new CallSpan(server, named, clock);
    }

    /// <summary>Which span a caller named.</summary>
    public static ActivityContext CallerOf(HttpRequest request) =>
        request.Headers.TraceParent is [{ Length: > 0 } parent] && ActivityContext.TryParse(parent, request.Headers.TraceState, isRemote: true, out var named) ? named : default;

    // At the beginning of a call. Errors are added at its end.
    private bool IsSampled(RequestInfo info, ActivityContext parent, ActivityTraceId trace)
    {
        if (info.IsLongRunning || VerbClasses.Of(info.Verb, info.Subresource) != VerbClass.Read)
        {
            return true;
        }

        return parent != default ? parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) : IsWithin(trace, _options.SampleRatio);
    }

    // All gateways of a trace decide alike: by its id, as TraceIdRatioBased of the Go SDK, which apiservers have.
    internal static bool IsWithin(ActivityTraceId trace, double ratio)
    {
        if (ratio is 0 or 1)
        {
            return ratio == 1;
        }

        Span<byte> bytes = stackalloc byte[16];
        trace.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) >> 1 < (ulong)(ratio * (1UL << 63));
    }
}
