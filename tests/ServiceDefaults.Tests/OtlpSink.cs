using KubeLens.Testing;

namespace KubeLens.ServiceDefaults.Tests;

/// <summary>A collector, and what is in that which it took.</summary>
internal sealed class OtlpSink(OtlpReceiver receiver) : IAsyncDisposable
{
    public int RequestCount => receiver.Requests.Count;

    /// <summary>Each signal's <c>service.name</c>, as the exporter sent it.</summary>
    public ILookup<string, string> ServiceNames => Requests
        .SelectMany(item => item.Request.All(1), (item, resource) => (item.Signal, Attributes: resource.One(1)!.Attributes(1)))
        .ToLookup(item => item.Signal, item => item.Attributes["service.name"]);

    public IReadOnlyList<SpanSeen> Spans => [.. Items("traces").Select(span => new SpanSeen(span.Text(5), span.Text(4), span.Number(6), span.Attributes(9)))];

    public IReadOnlyList<string> MetricNames => [.. Items("metrics").Select(metric => metric.Text(1))];

    public IReadOnlyList<string> LogBodies => [.. Items("logs").Select(record => record.One(5)!.Text(1))];

    public Dictionary<string, string> Variables => receiver.Variables;

    private IEnumerable<(string Signal, ProtoMessage Request)> Requests => receiver.Requests.Select(request => (request.Signal, new ProtoMessage(request.Content)));

    public static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken) => new(await OtlpReceiver.StartAsync(cancellationToken));

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    // Request → Resource{Spans,Metrics,Logs} (1) → Scope{Spans,Metrics,Logs} (2) → items (2): the same numbers for the three signals.
    private IEnumerable<ProtoMessage> Items(string signal)
        => Requests.Where(item => item.Signal == signal).SelectMany(item => item.Request.All(1)).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2));
}
