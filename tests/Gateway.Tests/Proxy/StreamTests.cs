using System.Net;
using System.Net.WebSockets;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>Watches and shells against a scripted upstream.</summary>
public sealed class StreamTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_WithoutEvents_ShowsItsHeadersAndThenEachEventAtOnce()
    {
        var next = new SemaphoreSlim(0);
        gateway.Upstream.Script = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.FlushAsync();
            for (var i = 0; i < 2; i++)
            {
                await next.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"{{\"type\":\"ADDED\",\"object\":{{\"n\":{i}}}}}\n");
                await context.Response.Body.FlushAsync();
            }
        };
        using var client = gateway.Client();
        using var response = await client.GetAsync("/api/v1/namespaces/quiet/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        for (var i = 0; i < 2; i++)
        {
            next.Release();
            (await reader.ReadLineAsync(Cancel))!.ShouldContain($"\"n\":{i}");
        }

        (await reader.ReadLineAsync(Cancel)).ShouldBeNull();
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "quiet", Cancel);
        call.Verb.ShouldBe("watch");
        call.Outcome.ShouldBe(CallOutcome.Completed);
    }

    [Fact]
    public async Task Watch_WhoseClientLeaves_EndsUpstreamAndIsRecordedSo()
    {
        var ended = new TaskCompletionSource();
        gateway.Upstream.Script = async context =>
        {
            await context.Response.Body.FlushAsync();
            context.RequestAborted.Register(ended.SetResult);
            await ended.Task;
        };
        using (var client = gateway.Client())
        using (await client.GetAsync("/api/v1/namespaces/left/pods?watch=1", HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        (await gateway.Sink.SingleAsync(c => c.Namespace == "left", Cancel)).Outcome.ShouldBe(CallOutcome.ClientLeft);
    }

    [Fact]
    public async Task Spdy_PostUpgrade_StaysAPostAndPassesBytesBothWays()
    {
        var method = "";
        gateway.Upstream.Script = async context =>
        {
            method = context.Request.Method;
            context.Response.Headers.Upgrade = "SPDY/3.1";
            context.Response.Headers["X-Stream-Protocol-Version"] = "v4.channel.k8s.io";
            await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            var buffer = new byte[64];
            for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
            {
                if (Encoding.ASCII.GetString(buffer, 0, count) == "bye")
                {
                    return;
                }

                await stream.WriteAsync(buffer.AsMemory(0, count));
            }
        };

        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        var head = await connection.SendAsync(
            "POST /api/v1/namespaces/spdy/pods/p/exec?command=sh&stdin=true HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\nContent-Length: 0\r\n\r\n", Cancel);
        head.ShouldStartWith("HTTP/1.1 101");
        head.ShouldContain("X-Stream-Protocol-Version: v4.channel.k8s.io");
        (await connection.SendAsync("ping", Cancel)).ShouldBe("ping");
        (await connection.SendAsync("bye", Cancel)).ShouldBe("");

        method.ShouldBe("POST");
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "spdy", Cancel);
        call.Verb.ShouldBe("create");
        call.Subresource.ShouldBe("exec");
        call.Status.ShouldBe(101);
        call.Outcome.ShouldBe(CallOutcome.UpgradeEnded);
        call.RequestBytes.ShouldBe(7);
        call.ResponseBytes.ShouldBe(4);
        call.RequestBody.Content.Length.ShouldBe(0);
    }

    [Fact]
    public async Task WebSocket_ExecV5_NegotiatesAndEchoes()
    {
        gateway.Upstream.Script = async context =>
        {
            using var socket = await AcceptAsync(context);
            var buffer = new byte[64];
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Binary, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        };
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("v5.channel.k8s.io");
        using var invoker = new HttpMessageInvoker(gateway.Handler());
        await client.ConnectAsync(new Uri($"wss://127.0.0.1:{gateway.Address.Port}/api/v1/namespaces/ws/pods/p/exec?command=sh"), invoker, Cancel);
        client.SubProtocol.ShouldBe("v5.channel.k8s.io");
        await client.SendAsync(new byte[] { 0, 1, 2 }, WebSocketMessageType.Binary, true, Cancel);
        var answer = new byte[8];
        (await client.ReceiveAsync(answer, Cancel)).Count.ShouldBe(3);
        (await client.ReceiveAsync(answer, Cancel)).MessageType.ShouldBe(WebSocketMessageType.Close);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);

        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "ws", Cancel);
        call.Verb.ShouldBe("get");
        call.Status.ShouldBe(101);
    }

    [Fact]
    public async Task Upgrade_ThatTheUpstreamRefuses_PassesTheRefusalOn()
    {
        gateway.Upstream.Script = context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("no");
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        var head = await connection.SendAsync("GET /api/v1/namespaces/refused/pods/p/exec HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", Cancel);
        head.ShouldStartWith("HTTP/1.1 403");
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "refused", Cancel);
        call.Status.ShouldBe(403);
        call.Outcome.ShouldBe(CallOutcome.Completed);
    }

    private static async Task<WebSocket> AcceptAsync(HttpContext context)
    {
        // The upgrade by hand: the scripted server has no WebSocket middleware, so nothing of it can help the gateway.
        var key = context.Request.Headers.SecWebSocketKey.ToString() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        context.Response.Headers.Upgrade = "websocket";
#pragma warning disable CA5350 // RFC 6455 wants SHA-1 here
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key)));
#pragma warning restore CA5350
        context.Response.Headers.SecWebSocketProtocol = context.Request.Headers.SecWebSocketProtocol;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
    }
}
