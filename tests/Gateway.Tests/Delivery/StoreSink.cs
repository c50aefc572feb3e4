using System.Collections.Concurrent;
using System.IO.Compression;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Delivery;

/// <summary>
/// A Store on a real Kestrel that keeps what it is sent as the real one's ledger does: each (batch, ordinal) once.
/// It remembers when a second record claims a place with another call in it.
/// </summary>
internal sealed class StoreSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<(long Batch, int Ordinal), CallRecord> _ledger = new();
    private readonly ConcurrentQueue<Request> _requests = new();
    private readonly ConcurrentQueue<string> _conflicts = new();

    private StoreSink(WebApplication app) => _app = app;

    /// <summary>Decides about a request before it is stored; null stores it and answers 200. The number counts from 1.</summary>
    public Func<HttpContext, int, Task<IResult?>> Before { get; set; } = (_, _) => Task.FromResult<IResult?>(null);

    /// <summary>Decides about the answer after a request was stored; null answers 200.</summary>
    public Func<HttpContext, int, Task<IResult?>> After { get; set; } = (_, _) => Task.FromResult<IResult?>(null);

    public string Address { get; private set; } = "";
    public IReadOnlyList<Request> Requests => [.. _requests];
    public IReadOnlyCollection<CallRecord> Calls => [.. _ledger.Values];
    public IReadOnlyDictionary<(long Batch, int Ordinal), CallRecord> Ledger => _ledger;

    /// <summary>Places that two different calls claimed.</summary>
    public IReadOnlyList<string> Conflicts => [.. _conflicts];

    public static async Task<StoreSink> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var sink = new StoreSink(app);
        app.MapPost("/v1/logs", async context => await (await sink.TakeAsync(context)).ExecuteAsync(context));
        await app.StartAsync();
        sink.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return sink;
    }

    public static IResult Protobuf(IMessage message, int status = 200) => new ProtobufResult(message, status);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new Request(context.Request.Headers.Authorization.ToString(), context.Request.ContentType ?? "", context.Request.Headers.ContentEncoding.ToString(), body.ToArray());
        _requests.Enqueue(request);
        var number = _requests.Count;
        if (await Before(context, number) is { } refusal)
        {
            return refusal;
        }

        foreach (var log in request.Records().Where(log => !InFlightLog.IsEvent(log)))
        {
            CallLogReader.TryRead(log, out var call, out var error).ShouldBeTrue(error);
            var kept = _ledger.GetOrAdd((call!.Position!.BatchId, call.Position.Ordinal), call);
            if ((kept.Boot, kept.Sequence) != (call.Boot, call.Sequence) || kept.Position!.BatchSize != call.Position.BatchSize)
            {
                _conflicts.Enqueue($"{call.Position}: {kept.Boot}/{kept.Sequence} and {call.Boot}/{call.Sequence}");
            }
        }

        return await After(context, number) ?? Protobuf(new ExportLogsServiceResponse());
    }

    internal sealed record Request(string Authorization, string ContentType, string ContentEncoding, byte[] Body)
    {
        public ExportLogsServiceRequest Parsed()
        {
            using var gzip = new GZipStream(new MemoryStream(Body), CompressionMode.Decompress);
            return ExportLogsServiceRequest.Parser.ParseFrom(gzip);
        }

        /// <summary>As the protobuf library has understood them.</summary>
        public IEnumerable<OtlpLog> Records() => OtlpLog.Of(Parsed().ToByteArray());
    }

    private sealed class ProtobufResult(IMessage message, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "application/x-protobuf";
            await httpContext.Response.Body.WriteAsync(message.ToByteArray());
        }
    }
}
