using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Pods.Exec;

/// <summary>A client of exec that sees every message.</summary>
internal sealed class ExecClient : IDisposable
{
    private readonly ClientWebSocket _socket;

    private ExecClient(ClientWebSocket socket) => _socket = socket;

    public string? Protocol => _socket.SubProtocol;
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<ExecClient> ConnectAsync(DemoHost host, string query, string protocol = "v5.channel.k8s.io")
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        socket.Options.SetRequestHeader("Authorization", $"Bearer {host.Token("alice@example.com")}");
#pragma warning disable CA5359 // The certificate is what other tests are about.
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        await socket.ConnectAsync(new Uri($"wss://{host.Address.Authority}/api/v1/namespaces/shop/pods/{query}"), TestContext.Current.CancellationToken);
        return new ExecClient(socket);
    }

    public Task TypeAsync(string text) => SendAsync([0, .. Encoding.UTF8.GetBytes(text)]);

    public Task SendAsync(byte[] message) => _socket.SendAsync(message, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    /// <summary>The next message with its stream; null when the server has closed.</summary>
    public async Task<(int Stream, string Text)?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var answer = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return answer.MessageType == WebSocketMessageType.Close ? null : (buffer[0], Encoding.UTF8.GetString(buffer, 1, answer.Count - 1));
    }

    /// <summary>Everything until the server closes, by stream.</summary>
    public async Task<(string Output, string Error, JsonNode Status)> ToEndAsync()
    {
        var streams = new Dictionary<int, string>();
        while (await ReceiveAsync() is var (stream, text))
        {
            streams[stream] = streams.GetValueOrDefault(stream, "") + text;
        }

        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        return (streams.GetValueOrDefault(1, ""), streams.GetValueOrDefault(2, ""), JsonNode.Parse(streams[3])!);
    }

    /// <summary>Output until a text appears in it.</summary>
    public async Task<string> UntilAsync(string text)
    {
        var output = "";
        while (!output.Contains(text, StringComparison.Ordinal))
        {
            var (_, more) = await ReceiveAsync() ?? throw new InvalidOperationException($"closed before '{text}': {output}");
            output += more;
        }

        return output;
    }

    public void Dispose() => _socket.Dispose();
}
