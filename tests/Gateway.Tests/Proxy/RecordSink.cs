using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>An OTLP receiver in the store's place that keeps what is delivered.</summary>
internal sealed class RecordSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<CallRecord> _calls = new();
    private readonly ConcurrentQueue<CallRecord> _open = new();
    private readonly ConcurrentQueue<GatewayLease> _leases = new();
    private readonly WebApplication _app;

    private RecordSink(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>Answers 503 while set.</summary>
    public bool IsAway { get; set; }

    public static async Task<RecordSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var sink = new RecordSink(builder.Build());
        sink._app.MapPost("/v1/logs", async context =>
        {
            if (sink.IsAway)
            {
                context.Response.StatusCode = 503;
                return;
            }

            await using var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
            using var bytes = new MemoryStream();
            await body.CopyToAsync(bytes);
            foreach (var log in OtlpLog.Of(bytes.ToArray()))
            {
                switch (log.EventName)
                {
                    case InFlightAttributes.OpenEvent:
                        InFlightLog.TryReadOpen(log, out var open, out var openError).ShouldBeTrue(openError);
                        sink._open.Enqueue(open!);
                        break;
                    case InFlightAttributes.LeaseEvent:
                        InFlightLog.TryReadLease(log, out var lease, out var leaseError).ShouldBeTrue(leaseError);
                        sink._leases.Enqueue(lease!);
                        break;
                    default:
                        CallLogReader.TryRead(log, out var call, out var error).ShouldBeTrue(error);
                        sink._calls.Enqueue(call!);
                        break;
                }
            }
        });
        await sink._app.StartAsync();
        sink.Address = sink._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return sink;
    }

    public IReadOnlyList<CallRecord> Matching(Func<CallRecord, bool> match) => [.. _calls.Where(match)];

    /// <summary>Every state of calls in flight that was told, in order.</summary>
    public IReadOnlyList<CallRecord> Open(Func<CallRecord, bool> match) => [.. _open.Where(match)];

    public IReadOnlyList<GatewayLease> Leases => [.. _leases];

    /// <summary>Waits for the one call that matches.</summary>
    public async Task<CallRecord> SingleAsync(Func<CallRecord, bool> match, CancellationToken cancellationToken)
    {
        await Eventually.Async(() => _calls.Any(match), cancellationToken, what: "a delivered record");
        return Matching(match).ShouldHaveSingleItem();
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
