using KubeLens.Contracts.Calls;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>A call, what the upstream was told of its trace, its record and its spans.</summary>
internal sealed record TracedCall(string AuditId, string TraceParent, string TraceState, CallRecord Record, IReadOnlyList<SeenSpan> Spans)
{
    public SeenSpan Server => Spans.Single(span => span.Kind == SeenSpan.Server);
}
