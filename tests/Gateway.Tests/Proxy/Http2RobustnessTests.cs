using System.Collections.Concurrent;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>What is wrong in HTTP/2, or meant to exhaust a server of it: the connection ends, each request has one record, and the gateway stays well.</summary>
[Collection(RequestlessCounts.Collection)]
public sealed class Http2RobustnessTests(InProcessGateway gateway) : IClassFixture<InProcessGateway>, IDisposable
{
    private const int Protocol = 1;
    private const int FlowControl = 3;
    private const int FrameSize = 6;
    private const int Compression = 9;
    private const int None = -1;
    private const int Mebi = 1024 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly RequestlessCounts _counts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        gateway.Handed = null;
        _counts.Dispose();
    }

    public static TheoryData<string, int, byte[]> Rubbish => new()
    {
        { "another protocol", Protocol, "SSH-2.0-OpenSSH_9.2\r\nmore of it, and more\r\n"u8.ToArray() },
        { "nothing but zeros", Protocol, new byte[64] },
        { "a frame above the size", FrameSize, After([0xff, 0xff, 0xff, RawHttp2.Data, 0, 0, 0, 0, 1]) },
        { "settings of half a size", FrameSize, After(RawHttp2.Frame(RawHttp2.Settings, 0, 0, 1, 2, 3)) },
        { "headers of no stream", Protocol, After(RawHttp2.Frame(RawHttp2.Headers, 5, 0, RawHttp2.Get("/version"))) },
        { "headers of a server's stream", Protocol, After(RawHttp2.Frame(RawHttp2.Headers, 5, 2, RawHttp2.Get("/version"))) },
        { "data of no request", Protocol, After(RawHttp2.Frame(RawHttp2.Data, 0, 1, 1, 2, 3)) },
        { "a reset of no request", Protocol, After(RawHttp2.Frame(RawHttp2.ResetStream, 0, 1, 0, 0, 0, 8)) },
        { "a continuation of nothing", Protocol, After(RawHttp2.Frame(RawHttp2.Continuation, 4, 1, RawHttp2.Get("/version"))) },
        { "a promise by a client", Protocol, After(RawHttp2.Frame(RawHttp2.PushPromise, 4, 1, 0, 0, 0, 2)) },
        { "a window of nothing", Protocol, After(RawHttp2.Frame(RawHttp2.WindowUpdate, 0, 0, 0, 0, 0, 0)) },
        { "a window above all", FlowControl, After(RawHttp2.Frame(RawHttp2.WindowUpdate, 0, 0, 0x7f, 0xff, 0xff, 0xff)) },
        { "a header of no table", Compression, After(RawHttp2.Frame(RawHttp2.Headers, 5, 1, 0xff, 0xff, 0xff, 0xff, 0x0f)) },
        { "a header's half text", Compression, After(RawHttp2.Frame(RawHttp2.Headers, 5, 1, 0x04, 0x7f, 0x61)) },
    };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Rubbish_OnAnHttp2Connection_EndsItAndIsCounted(string what, int error, byte[] bytes)
    {
        await using (var connection = await RawHttp2.OpenAsync(gateway, Cancel))
        {
            await connection.WriteAsync(bytes, Cancel);
            (await connection.ReadGoAwayAsync(Cancel).WaitAsync(Soon, Cancel)).ShouldBe(error, what);
        }

        await OneIsCountedAsync(what);
    }

    [Fact]
    public async Task Rubbish_AfterARequest_EndsItAndItsRecordSaysSo()
    {
        var held = new TaskCompletionSource();
        gateway.Upstream.Script = async context =>
        {
            await context.Response.WriteAsync("{}\n");
            await context.Response.Body.FlushAsync();
            held.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using (var connection = await RawHttp2.OpenAsync(gateway, Cancel))
        {
            await connection.WriteAsync(After(RawHttp2.Frame(RawHttp2.Headers, 5, 1, RawHttp2.Get("/api/v1/namespaces/spoilt/pods?watch=1"))), Cancel);
            await held.Task.WaitAsync(Soon, Cancel);
            await connection.WriteAsync(RawHttp2.Frame(RawHttp2.Data, 0, 3, 1, 2, 3), Cancel);
            (await connection.ReadGoAwayAsync(Cancel).WaitAsync(Soon, Cancel)).ShouldBe(Protocol);
        }

        (await gateway.Sink.SingleAsync(call => call.Namespace == "spoilt", Cancel)).Outcome.ShouldBe(CallOutcome.ClientLeft);
        await IsHealthyAsync();
        _counts.All.ShouldBe(0);
    }

    [Fact]
    public async Task Connections_ThatBreakUnderTheirFirstCalls_LeaveARecordOfEach()
    {
        const int Connections = 20;
        const int Calls = 5;
        var held = new CountdownEvent(Connections * Calls);
        gateway.Upstream.Script = async context =>
        {
            held.Signal();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var connections = new List<RawHttp2>();
        for (var i = 0; i < Connections; i++)
        {
            var connection = await RawHttp2.OpenAsync(gateway, Cancel);
            connections.Add(connection);
            await connection.BeginAsync(Cancel);
            for (var call = 0; call < Calls; call++)
            {
                await connection.WriteAsync(RawHttp2.Frame(RawHttp2.Headers, 5, 1 + (2 * call), RawHttp2.Get($"/api/v1/namespaces/broken/pods/p{i}-{call}")), Cancel);
            }
        }

        await Eventually.Async(() => held.IsSet, Cancel, Soon, "the calls are upstream");
        connections.ForEach(connection => connection.Reset());

        await Eventually.Async(() => gateway.Sink.Matching(call => call.Namespace == "broken").Count >= Connections * Calls, Cancel, Soon, "the records");
        var calls = gateway.Sink.Matching(call => call.Namespace == "broken");
        calls.Select(call => call.Name).ShouldBeUnique();
        calls.ShouldAllBe(call => call.Outcome == CallOutcome.ClientLeft && call.Client.Alpn == "h2" && call.Client.CertificateSubject.Length > 0);
        await IsHealthyAsync();
        _counts.All.ShouldBe(0);
    }

    /// <summary>Frames that want an answer, from a client that reads none: it is written to no more than its connection takes.</summary>
    [Theory]
    [InlineData(RawHttp2.Ping, 8)]
    [InlineData(RawHttp2.Settings, 0)]
    public async Task Answers_ThatNobodyReads_AreNotHeld(byte type, int length)
    {
        byte[] many = [.. Enumerable.Repeat(RawHttp2.Frame(type, 0, 0, new byte[length]), 1000).SelectMany(frame => frame)];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using (var connection = await RawHttp2.OpenAsync(gateway, Cancel))
        {
            await connection.BeginAsync(Cancel);
            try
            {
                for (var sent = 0; sent < 64 * Mebi; sent += many.Length)
                {
                    await connection.WriteAsync(many, Cancel).WaitAsync(TimeSpan.FromSeconds(2), Cancel);
                }
            }
            catch (Exception e) when (e is TimeoutException or IOException)
            {
                // it is taken no more, or cut
            }

            // Other tests' memory in this process comes and goes; held answers would stay, all 64 MiB of them.
            await Eventually.Async(() => GC.GetTotalMemory(forceFullCollection: true) - before < 32 * Mebi, Cancel, Soon, "the answers are not held");
        }

        await OneIsCountedAsync("unread answers");
    }

    /// <summary>4 KB put in the table once, and named again by each of 16,000 bytes: 64 MB of headers in one frame.</summary>
    [Fact]
    public async Task Header_ThatGrowsWhenRead_IsNotGrown()
    {
        var big = new string('x', 4000);
        byte[] block = [.. RawHttp2.Get("/api/v1/namespaces/grown/pods"), .. RawHttp2.Text(0x40, "x"), .. RawHttp2.Integer(0, 7, big.Length), .. System.Text.Encoding.ASCII.GetBytes(big)];
        var names = Enumerable.Repeat((byte)0xbe, 16 * 1024 - block.Length - 16).ToArray(); // the newest entry of the table
        var before = GC.GetTotalAllocatedBytes();

        await using (var connection = await RawHttp2.OpenAsync(gateway, Cancel))
        {
            await connection.BeginAsync(Cancel);
            await connection.WriteAsync(RawHttp2.Frame(RawHttp2.Headers, 5, 1, [.. block, .. names]), Cancel);
            (await connection.ReadGoAwayAsync(Cancel).WaitAsync(Soon, Cancel)).ShouldBeGreaterThan(0);
        }

        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(32 * Mebi);
        await OneIsCountedAsync("grown");
        gateway.Sink.Matching(call => call.Namespace == "grown").ShouldBeEmpty();
    }

    /// <summary>Headers that never end, in frame after frame.</summary>
    [Theory]
    [InlineData(16_000)]
    [InlineData(100)]
    public async Task Continuation_WithoutEnd_IsCutAtTheLimitOfHeaders(int size)
    {
        var sent = 0L;
        await using (var connection = await RawHttp2.OpenAsync(gateway, Cancel))
        {
            await connection.BeginAsync(Cancel);
            await connection.WriteAsync(RawHttp2.Frame(RawHttp2.Headers, RawHttp2.EndStream, 1, RawHttp2.Get("/api/v1/namespaces/endless/pods")), Cancel);
            var frame = RawHttp2.Frame(RawHttp2.Continuation, 0, 1, [0, .. RawHttp2.Text(1, "x")[1..], .. RawHttp2.Integer(0, 7, size - 8), .. new byte[size - 8].Select(_ => (byte)'x')]);
            var ended = connection.ReadGoAwayAsync(Cancel);
            try
            {
                for (; !ended.IsCompleted && sent < 64 * Mebi; sent += frame.Length)
                {
                    await connection.WriteAsync(frame, Cancel).WaitAsync(Soon, Cancel);
                }
            }
            catch (IOException)
            {
                // it is cut
            }

            (await ended.WaitAsync(Soon, Cancel)).ShouldBeOneOf(None, Protocol, Compression, 11);
        }

        sent.ShouldBeLessThan(16 * Mebi);
        await OneIsCountedAsync("endless");
        gateway.Sink.Matching(call => call.Namespace == "endless").ShouldBeEmpty();
    }

    /// <summary>Requests that are taken back at once, as fast as can be (CVE-2023-44487).</summary>
    [Fact]
    public async Task Streams_2000ThatAreResetAtOnce_LeaveOneRecordForEachThatWasOne()
    {
        const int Streams = 2000;
        var handed = 0;
        gateway.Handed = context =>
        {
            if (context.Request.Path.StartsWithSegments("/api/v1/namespaces/rapid", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref handed);
            }
        };
        var upstream = new ConcurrentQueue<string>();
        gateway.Upstream.Script = async context =>
        {
            upstream.Enqueue(context.Request.Path.Value!.Split('/')[^1]);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using (var connection = await RawHttp2.OpenAsync(gateway, Cancel))
        {
            await connection.BeginAsync(Cancel);
            var ended = connection.ReadGoAwayAsync(Cancel);
            try
            {
                for (var i = 0; i < Streams; i++)
                {
                    var id = 1 + (2 * i);
                    await connection.WriteAsync((byte[])[.. RawHttp2.Frame(RawHttp2.Headers, 5, id, RawHttp2.Get($"/api/v1/namespaces/rapid/pods/p{i}")), .. RawHttp2.Frame(RawHttp2.ResetStream, 0, id, 0, 0, 0, 8)], Cancel);
                }
            }
            catch (IOException)
            {
                // the server has had enough of it
            }

            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(1), Cancel));
        }

        await IsHealthyAsync();
        await Eventually.Async(() => Volatile.Read(ref handed) > 0 && gateway.Sink.Matching(call => call.Namespace == "rapid").Count >= Volatile.Read(ref handed), Cancel, Soon, "a record of every request");
        var calls = gateway.Sink.Matching(call => call.Namespace == "rapid");
        calls.Count.ShouldBe(handed);
        calls.Select(call => call.Name).ShouldBeUnique();
        calls.ShouldAllBe(call => call.Outcome == CallOutcome.ClientLeft && call.Status == StatusCodes.Status499ClientClosedRequest);
        upstream.ShouldBeUnique();
        upstream.ShouldBeSubsetOf(calls.Select(call => call.Name));
        _counts.All.ShouldBe(0);
    }

    private async Task OneIsCountedAsync(string what)
    {
        await Eventually.Async(() => _counts.All >= 1, Cancel, what: $"the connection with {what} counted");
        await IsHealthyAsync();
        _counts.All.ShouldBe(1, _counts.ToString());
        _counts.Of("tls_handshake").ShouldBe(0);
    }

    private async Task IsHealthyAsync()
    {
        gateway.Upstream.Script = context => context.Response.WriteAsync("well");
        using var client = gateway.Client();
        (await client.GetStringAsync("/version", Cancel)).ShouldBe("well");
    }

    private static byte[] After(byte[] frame) => [.. RawHttp2.Preface, .. RawHttp2.Frame(RawHttp2.Settings, 0, 0), .. frame];
}
