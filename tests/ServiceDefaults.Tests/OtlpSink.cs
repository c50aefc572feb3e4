using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLens.ServiceDefaults.Tests;

/// <summary>A collector: takes OTLP over http/protobuf and keeps it.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, ProtoMessage Request)> _requests = new();

    private OtlpSink(WebApplication app) => _app = app;

    public int RequestCount => _requests.Count;

    /// <summary>Each signal's <c>service.name</c>, as the exporter sent it.</summary>
    public ILookup<string, string> ServiceNames => _requests
        .SelectMany(item => item.Request.All(1), (item, resource) => (item.Signal, Attributes: resource.One(1)!.Attributes(1)))
        .ToLookup(item => item.Signal, item => item.Attributes["service.name"]);

    public IReadOnlyList<SpanSeen> Spans => [.. Items("traces").Select(span => new SpanSeen(span.Text(5), span.Text(4), span.Number(6), span.Attributes(9)))];

    public IReadOnlyList<string> MetricNames => [.. Items("metrics").Select(metric => metric.Text(1))];

    public IReadOnlyList<string> LogBodies => [.. Items("logs").Select(record => record.One(5)!.Text(1))];

    public static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var sink = new OtlpSink(builder.Build());
        sink._app.MapPost("/v1/{signal}", sink.TakeAsync);
        await sink._app.StartAsync(cancellationToken);
        return sink;
    }

    public Dictionary<string, string> Variables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        _requests.Enqueue((signal, new ProtoMessage(body.ToArray())));
    }

    // Request → Resource{Spans,Metrics,Logs} (1) → Scope{Spans,Metrics,Logs} (2) → items (2): the same numbers for the three signals.
    private IEnumerable<ProtoMessage> Items(string signal)
        => _requests.Where(item => item.Signal == signal).SelectMany(item => item.Request.All(1)).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2));
}
