using System.Net;
using System.Net.Sockets;
using System.Text;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>Rubbish, slow clients and abrupt ends: each request has one record, each connection without one is counted by reason, and the gateway stays well.</summary>
[Collection(RequestlessCounts.Collection)]
public sealed class RobustnessTests(InProcessGateway gateway) : IClassFixture<InProcessGateway>, IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly RequestlessCounts _counts = new();

    public void Dispose() => _counts.Dispose();

    [Theory]
    [InlineData("plain text, no TLS\r\n\r\n", "tls_handshake")]
    [InlineData("\u0016\u0003\u0001\u0000\u00ff half a hello", "tls_handshake")]
    [InlineData("GET /api/v1/pods HTTP/1.1\r\nHost: localhost\r\n\r\n", "tls_handshake")]
    [InlineData("", "tls_handshake")]
    public async Task Connection_ThatSpeaksNoTls_IsCounted(string text, string reason)
    {
        await AllCountedAsync(reason, 5, async () =>
        {
            using var socket = await ConnectAsync();
            await socket.SendAsync(Encoding.Latin1.GetBytes(text), Cancel);
            socket.Shutdown(SocketShutdown.Send);
            await DrainAsync(socket);
        });
        await IsHealthyAsync();
    }

    [Theory]
    [InlineData("GET /api/v1/pods\r\n", "400")] // HTTP/0.9
    [InlineData("\u0001\u0002\u0003\u0004\r\n\r\n", "400")]
    [InlineData("GET / HTTP/7.3\r\nHost: localhost\r\n\r\n", "505")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: minus\r\n\r\n", "400")]
    public async Task Bytes_ThatAreNoRequest_GetTheServersAnswerAndAreCounted(string text, string status)
    {
        await AllCountedAsync("bad_request", 3, async () =>
        {
            await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
            (await connection.SendAsync(text, Cancel)).ShouldStartWith($"HTTP/1.1 {status}");
        });
        await IsHealthyAsync();
    }

    [Fact]
    public async Task Header_LargerThanAllThatIsTaken_Is431AndCounted()
    {
        await AllCountedAsync("bad_request", 1, async () =>
        {
            await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
            (await connection.SendAsync($"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 1_100_000)}\r\n\r\n", Cancel)).ShouldStartWith("HTTP/1.1 431");
        });
        await IsHealthyAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /api/v1/na")]
    [InlineData("GET /api/v1/namespaces/half HTTP/1.1\r\nHost: loc")]
    public async Task Connection_ThatEndsBeforeItsRequestDoes_IsCounted(string text)
    {
        await AllCountedAsync(text.Length == 0 ? "closed" : null, 3, async () =>
        {
            await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
            await connection.WriteAsync(text, Cancel);
        });
        gateway.Sink.Matching(call => call.Name == "half").ShouldBeEmpty();
        await IsHealthyAsync();
    }

    [Fact]
    public async Task Client_ThatWritesAndReadsSlowly_IsServed()
    {
        gateway.Upstream.Script = async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            await context.Response.WriteAsync($"{body.Length}");
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        const string Request = "POST /api/v1/namespaces/slow/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789";
        foreach (var part in Request[..^1].Chunk(4))
        {
            await connection.WriteAsync(new string(part), Cancel);
            await Task.Delay(10, Cancel);
        }

        (await connection.SendAsync("9", Cancel)).ShouldContain("HTTP/1.1 200");
        (await gateway.Sink.SingleAsync(call => call.Namespace == "slow", Cancel)).RequestBytes.ShouldBe(10);
    }

    [Fact]
    public async Task Clients_2000ThatBreakOff_LeaveOneRecordEachAndAHealthyGateway()
    {
        const int Connections = 2000;
        var before = _counts.All;
        gateway.Upstream.Script = async context =>
        {
            await context.Response.WriteAsync("a beginning");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var requests = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Connections), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancel }, async (i, cancel) =>
        {
            if (i % 4 == 0)
            {
                using var raw = await ConnectAsync();
                raw.LingerState = new LingerOption(true, 0); // a reset, no farewell
                return;
            }

            if (i % 20 != 1)
            {
                using var half = await ConnectAsync();
                await half.SendAsync(new byte[] { 0x16, 3, 1, 0, 200 }, cancel);
                half.LingerState = new LingerOption(true, 0);
                return;
            }

            await using var connection = await RawConnection.OpenAsync(gateway, cancel);
            var number = Interlocked.Increment(ref requests);
            (await connection.SendAsync($"GET /api/v1/namespaces/abrupt/pods?watch=1&fieldSelector=metadata.name%3Dn{number} HTTP/1.1\r\nHost: localhost\r\n\r\n", cancel)).ShouldStartWith("HTTP/1.1 200");
            connection.Reset();
        });

        requests.ShouldBe(Connections / 20);
        await Eventually.Async(() => gateway.Sink.Matching(call => call.Namespace == "abrupt").Count >= requests && _counts.All - before >= Connections - requests, Cancel, TimeSpan.FromSeconds(60), "a trace of every connection");
        gateway.Sink.Matching(call => call.Namespace == "abrupt").Select(call => call.Sequence).ShouldBeUnique();
        gateway.Sink.Matching(call => call.Namespace == "abrupt").Count.ShouldBe(requests);
        _counts.All.ShouldBe(before + Connections - requests);
        await IsHealthyAsync();
    }

    private async Task AllCountedAsync(string? reason, int times, Func<Task> act)
    {
        for (var i = 0; i < times; i++)
        {
            await act();
        }

        long Counted() => reason is null ? _counts.All : _counts.Of(reason);
        await Eventually.Async(() => Counted() >= times, Cancel, what: $"{times} connections counted as {reason}, not {_counts}");
        Counted().ShouldBe(times);
    }

    private async Task IsHealthyAsync()
    {
        gateway.Upstream.Script = context => context.Response.WriteAsync("well");
        using var client = gateway.Client();
        (await client.GetStringAsync("/version", Cancel)).ShouldBe("well");
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, Cancel);
        return socket;
    }

    private static async Task DrainAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket);
            await stream.CopyToAsync(Stream.Null, Cancel);
        }
        catch (IOException)
        {
            // it may be cut
        }
    }
}
