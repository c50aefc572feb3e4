using System.Net;
using System.Net.WebSockets;

namespace KubeLens.DemoCluster.Life.Actors;

/// <summary>An exec as kubectl makes it since 1.31: by WebSocket, <c>v5.channel.k8s.io</c>.</summary>
internal static class ExecCall
{
    private const string Protocol = "v5.channel.k8s.io";

    /// <summary>Reads what the command prints, to its end.</summary>
    public static async Task RunAsync(Actor person, string path, string command, Guid session, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Protocol);
        socket.Options.HttpVersion = HttpVersion.Version11;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {person.Token}");
        socket.Options.SetRequestHeader("User-Agent", person.UserAgent);
        socket.Options.SetRequestHeader("Kubectl-Command", command);
        socket.Options.SetRequestHeader("Kubectl-Session", session.ToString());
        var address = new UriBuilder(new Uri(person.Route.Address, path)) { Scheme = "wss" }.Uri;
        await socket.ConnectAsync(address, person.Route.Invoker, cancellationToken);
        var buffer = new byte[16 * 1024];
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellationToken);
            }
        }
    }
}
