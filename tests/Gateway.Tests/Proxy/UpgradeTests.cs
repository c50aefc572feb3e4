using System.Net.WebSockets;
using System.Text;
using KubeLens.Contracts.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>
/// Streams that newer apiservers speak and the test cluster's does not, with a scripted upstream that plays the conversation:
/// WebSocket v4 and v5 channels (1.29), and port-forward's SPDY inside of WebSocket (1.30).
/// </summary>
public sealed class UpgradeTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private const byte Stdin = 0;
    private const byte Stdout = 1;
    private const byte Status = 3;
    private const byte CloseSignal = 255;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exec", "v4.channel.k8s.io")]
    [InlineData("exec", "v5.channel.k8s.io")]
    [InlineData("attach", "v5.channel.k8s.io")]
    public async Task ScriptedWebSocket_OfChannels_PassesInputCloseSignalAndStatus(string subresource, string protocol)
    {
        var target = "";
        gateway.Upstream.Script = async context =>
        {
            target = $"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}";
            using var socket = await AcceptAsync(context, protocol);
            await socket.SendAsync(new[] { Stdout }, WebSocketMessageType.Binary, true, Cancel); // a channel opens with an empty message
            var input = new List<byte>();
            while (await ReceiveAsync(socket) is { } message && message is not [CloseSignal, Stdin] and not [Stdin])
            {
                input.AddRange(message[1..]);
            }

            await socket.SendAsync((byte[])[Stdout, .. Encoding.UTF8.GetBytes("out "), .. input], WebSocketMessageType.Binary, true, Cancel);
            await socket.SendAsync((byte[])[Status, .. """{"status":"Success"}"""u8], WebSocketMessageType.Binary, true, Cancel);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
        };
        var path = $"/api/v1/namespaces/{subresource}-{protocol[..2]}/pods/p/{subresource}?command=cat&stdin=true&stdout=true";
        using var client = await ConnectAsync(path, "v5.channel.k8s.io", "v4.channel.k8s.io");
        client.SubProtocol.ShouldBe(protocol);
        await client.SendAsync((byte[])[Stdin, .. "hel"u8], WebSocketMessageType.Binary, true, Cancel);
        await client.SendAsync((byte[])[Stdin, .. "lo"u8], WebSocketMessageType.Binary, true, Cancel);
        // v5 says that a channel is closed; v4 cannot, and clients send it empty.
        await client.SendAsync(protocol.StartsWith("v5", StringComparison.Ordinal) ? [CloseSignal, Stdin] : new[] { Stdin }, WebSocketMessageType.Binary, true, Cancel);

        (await ReceiveAsync(client)).ShouldBe([Stdout]);
        Encoding.UTF8.GetString((await ReceiveAsync(client))!.AsSpan(1)).ShouldBe("out hello");
        Encoding.UTF8.GetString((await ReceiveAsync(client))!.AsSpan(1)).ShouldBe("""{"status":"Success"}""");
        (await ReceiveAsync(client)).ShouldBeNull();
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);

        target.ShouldBe($"GET {path}");
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == $"{subresource}-{protocol[..2]}", Cancel);
        (call.Status, call.Verb, call.Subresource, call.Outcome).ShouldBe((101, "get", subresource, CallOutcome.UpgradeEnded));
    }

    [Fact]
    public async Task ScriptedPortForward_SpdyInsideOfWebSocket_PassesFramesUnread()
    {
        gateway.Upstream.Script = async context =>
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.SecWebSocketProtocol = context.Request.Headers.SecWebSocketProtocol;
            await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            var buffer = new byte[64];
            for (int count; (count = await stream.ReadAsync(buffer)) > 0 && buffer[0] != 0x88;)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count));
            }
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        var head = await connection.SendAsync("GET /api/v1/namespaces/tunnel/pods/p/portforward?ports=80 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io\r\n\r\n", Cancel);
        head.ShouldStartWith("HTTP/1.1 101");
        head.ShouldContain("Sec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io");
        // A binary frame with SPDY/3.1's PING in it, unmasked: nobody on the way reads it.
        const string Ping = "\u0002\u000c\u0000\u0003\u0000\u0006\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0001";
        for (var i = 0; i < 50; i++)
        {
            (await connection.SendAsync(Ping, Cancel)).ShouldBe(Ping);
        }

        (await connection.SendAsync("\u0088\u0000", Cancel)).ShouldBe("");
        var call = await gateway.Sink.SingleAsync(c => c.Namespace == "tunnel", Cancel);
        (call.Status, call.Subresource, call.RequestBytes).ShouldBe((101, "portforward", 50 * Ping.Length + 2));
        call.RequestBody.Content.Length.ShouldBe(0);
        call.ResponseBody.Content.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("attach")]
    [InlineData("portforward")]
    public async Task ScriptedSpdy_HalfClosedByTheServer_IsPassedOnToItsEnd(string subresource)
    {
        gateway.Upstream.Script = async context =>
        {
            context.Response.Headers.Upgrade = "SPDY/3.1";
            await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{context.Request.Method} said all"));
        };
        await using var connection = await RawConnection.OpenAsync(gateway, Cancel);
        var all = await connection.SendAsync($"POST /api/v1/namespaces/half-{subresource}/pods/p/{subresource} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n\r\n", Cancel);
        for (string more; (more = await connection.SendAsync("", Cancel)).Length > 0;)
        {
            all += more;
        }

        all.ShouldStartWith("HTTP/1.1 101");
        all.ShouldEndWith("POST said all");
        (await gateway.Sink.SingleAsync(c => c.Namespace == $"half-{subresource}", Cancel)).Verb.ShouldBe("create");
    }

    /// <summary>Nothing ends a watch or a shell but its ends: ten minutes of silence do not.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task WatchAndShell_IdleForTenMinutes_StillSpeak()
    {
        gateway.Upstream.Script = async context =>
        {
            if (context.Request.Headers.Upgrade.Count == 0)
            {
                await context.Response.Body.FlushAsync();
                await Task.Delay(TimeSpan.FromMinutes(10), Cancel);
                await context.Response.WriteAsync("late");
                return;
            }

            using var socket = await AcceptAsync(context, "v5.channel.k8s.io");
            await socket.SendAsync((await ReceiveAsync(socket))!, WebSocketMessageType.Binary, true, Cancel);
        };
        using var http = gateway.Client();
        http.Timeout = Timeout.InfiniteTimeSpan;
        var watch = http.GetStringAsync("/api/v1/namespaces/idle/pods?watch=1", Cancel);
        using var shell = await ConnectAsync("/api/v1/namespaces/idle/pods/p/exec?command=sh", "v5.channel.k8s.io");

        (await watch).ShouldBe("late");
        await shell.SendAsync((byte[])[Stdin, 42], WebSocketMessageType.Binary, true, Cancel);
        (await ReceiveAsync(shell)).ShouldBe([Stdin, 42]);
    }

    private async Task<ClientWebSocket> ConnectAsync(string path, params string[] protocols)
    {
        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = TimeSpan.Zero;
        protocols.ToList().ForEach(client.Options.AddSubProtocol);
        using var invoker = new HttpMessageInvoker(gateway.Handler());
        await client.ConnectAsync(new Uri($"wss://127.0.0.1:{gateway.Address.Port}{path}"), invoker, Cancel);
        return client;
    }

    private static async Task<byte[]?> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, Cancel);
        return received.MessageType == WebSocketMessageType.Close ? null : buffer[..received.Count];
    }

    internal static async Task<WebSocket> AcceptAsync(HttpContext context, string protocol)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        context.Response.Headers.Upgrade = "websocket";
#pragma warning disable CA5350 // RFC 6455 wants SHA-1 here
        context.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key)));
#pragma warning restore CA5350
        context.Response.Headers.SecWebSocketProtocol = protocol;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
    }
}
