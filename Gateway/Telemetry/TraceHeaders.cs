using System.Diagnostics;

namespace KubeLens.Gateway.Telemetry;

/// <summary>The headers of a trace on their way upstream. What a caller sent goes on as any header does; here the gateway's own span takes its place.</summary>
internal static class TraceHeaders
{
    private const string TraceParent = "traceparent", TraceState = "tracestate";

    /// <param name="span">Of the request; sampled.</param>
    public static void Set(HttpRequestMessage request, Activity span)
    {
        Replace(request, TraceParent, $"00-{span.TraceId}-{span.SpanId}-01");
        Replace(request, TraceState, span.TraceStateString);
    }

    private static void Replace(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is { Length: > 0 })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
