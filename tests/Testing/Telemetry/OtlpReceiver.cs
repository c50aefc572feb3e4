using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace KubeLens.Testing;

/// <summary>A collector: takes OTLP over http/protobuf and over gRPC, and keeps the bytes.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    // https://github.com/open-telemetry/opentelemetry-proto: package and service of each signal.
    private static readonly Dictionary<string, string> Services = new()
    {
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = "traces",
        ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = "logs",
        ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"] = "metrics",
    };

    private readonly CancellationTokenSource _ending = new();
    private readonly WebApplication _app;
    private int _refusals;

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>By signal: <c>traces</c>, <c>logs</c>, <c>metrics</c>.</summary>
    public ConcurrentQueue<(string Signal, byte[] Content)> Requests { get; } = new();

    /// <summary>What it does with what comes.</summary>
    public OtlpReceiverMood Mood { get; set; }

    /// <summary>Requests that it did not take.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>Environment of a program that is to send here, by http/protobuf.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>Environment of a program that is to send here, by gRPC.</summary>
    public Dictionary<string, string> GrpcVariables => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Last(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
    };

    public IReadOnlyList<SeenSpan> Spans => SeenTelemetry.Spans(Of("traces"));

    public IReadOnlyList<SeenLog> Logs => SeenTelemetry.Logs(Of("logs"));

    public IReadOnlyList<SeenMetric> Metrics => SeenTelemetry.Metrics(Of("metrics"));

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/v1/{signal}", receiver.TakeAsync);
        foreach (var (path, signal) in Services)
        {
            receiver._app.MapPost(path, context => receiver.TakeGrpcAsync(signal, context));
        }

        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _app.DisposeAsync();
        _ending.Dispose();
    }

    private IEnumerable<byte[]> Of(string signal) => Requests.Where(request => request.Signal == signal).Select(request => request.Content);

    private async Task TakeAsync(string signal, HttpContext context)
    {
        var body = await ReadAsync(context.Request);
        if (Mood == OtlpReceiverMood.Takes)
        {
            Requests.Enqueue((signal, body));
            return;
        }

        Interlocked.Increment(ref _refusals);
        await HangAsync(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    // A frame: whether it is compressed, its length, the message. The status comes in a trailer.
    private async Task TakeGrpcAsync(string signal, HttpContext context)
    {
        var frame = await ReadAsync(context.Request);
        var message = frame.AsSpan(5, (int)BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1))).ToArray();
        context.Response.ContentType = "application/grpc";
        if (Mood == OtlpReceiverMood.Takes)
        {
            Requests.Enqueue((signal, frame[0] == 1 ? Unpack(message) : message));
            await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
            return;
        }

        Interlocked.Increment(ref _refusals);
        await HangAsync(context);
        context.Response.AppendTrailer("grpc-status", "3"); // INVALID_ARGUMENT: not to be repeated
    }

    private async Task HangAsync(HttpContext context)
    {
        if (Mood == OtlpReceiverMood.Hangs)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ending.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return request.Headers.ContentEncoding == "gzip" ? Unpack(body.ToArray()) : body.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
