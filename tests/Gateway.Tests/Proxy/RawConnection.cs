using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>A TLS connection on which a test writes HTTP/1.1 by hand.</summary>
internal sealed class RawConnection(SslStream stream, Socket socket) : IAsyncDisposable
{
    public static async Task<RawConnection> OpenAsync(GatewayUnderTest gateway, CancellationToken cancellationToken, bool withCertificate = true, string serverName = "localhost")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, cancellationToken);
        using var handler = gateway.Handler(withCertificate);
        var options = handler.SslOptions;
        options.TargetHost = serverName;
        options.ApplicationProtocols = [SslApplicationProtocol.Http11];
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return new RawConnection(stream, socket);
    }

    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Breaks off without a farewell.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Writes, and gives what the next read brings (empty at the end).</summary>
    public async Task<string> SendAsync(string text, CancellationToken cancellationToken)
    {
        await WriteAsync(text, cancellationToken);
        var buffer = new byte[16 * 1024];
        return Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellationToken));
    }

    /// <summary>The head of the next answer, without its last empty line; its body, of a known length, is read away. Empty when the connection has ended.</summary>
    public async Task<string> ReadAnswerAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (text.ToString() is var all && all.Split("\r\n\r\n", 2) is [var head, var body] && body.Length >= Length(head))
            {
                return head;
            }
        }

        return "";
    }

    private static int Length(string head) => head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) is { } line
        ? int.Parse(line.AsSpan("Content-Length: ".Length), System.Globalization.CultureInfo.InvariantCulture)
        : 0;

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
