using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>A client that sends exactly the bytes of an exchange, each over a connection of its own.</summary>
internal static class ExchangePlayer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <returns>The connection's own port, by which its record is known, and what came back.</returns>
    public static async Task<(int Port, byte[] Answer)> PlayAsync(GoldenGateway gateway, Exchange exchange, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Deadline);
        gateway.Exchanges.Answered = new TaskCompletionSource();
        gateway.Exchanges.Current = exchange;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, limit.Token);
            var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            return (port, await SendAsync(gateway, exchange, socket, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{exchange.Name} came to no end");
        }
    }

    private static async Task<byte[]> SendAsync(GoldenGateway gateway, Exchange exchange, Socket socket, CancellationToken cancellationToken)
    {
        using var handler = gateway.Handler();
        handler.SslOptions.TargetHost = "localhost";
        handler.SslOptions.ApplicationProtocols = [SslApplicationProtocol.Http11];
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(handler.SslOptions, cancellationToken);
        await stream.WriteAsync(exchange.IsUpgrade ? exchange.RequestHead : [.. exchange.RequestHead, .. exchange.RequestBody], cancellationToken);
        await stream.FlushAsync(cancellationToken);
        if (exchange.Course.ClientLeaves || exchange.Course.ClientBreaksOff)
        {
            return await LeaveAsync(gateway, exchange, socket, stream, cancellationToken);
        }

        var reader = new WireReader(stream);
        try
        {
            await reader.ReadResponseAsync(exchange.IsHead, cancellationToken);
            if (exchange.IsUpgrade)
            {
                await stream.WriteAsync(exchange.RequestBody, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                await reader.ReadToEndAsync(cancellationToken);
            }
        }
        catch (IOException)
        {
            // The gateway broke off, as its upstream did: what came before counts.
        }

        return reader.SoFar;
    }

    private static async Task<byte[]> LeaveAsync(GoldenGateway gateway, Exchange exchange, Socket socket, SslStream stream, CancellationToken cancellationToken)
    {
        var seen = new MemoryStream();
        if (!exchange.Course.ClientBreaksOff)
        {
            await gateway.Exchanges.Answered.Task.WaitAsync(cancellationToken);
            var buffer = new byte[16 * 1024];
            var tail = exchange.ResponseBody.Length > 0 ? exchange.ResponseBody : exchange.ResponseHead;
            while (tail.Length > 0 && !Ends(seen, tail))
            {
                seen.Write(buffer, 0, await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : throw new EndOfStreamException($"{exchange.Name} ended before its client left"));
            }
        }
        else
        {
            await Task.Delay(50, cancellationToken); // a reset overtakes bytes that nobody has read yet
        }

        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        return seen.ToArray();
    }

    // Headers change on their way: the end of the answer is what tells that it is there.
    private static bool Ends(MemoryStream seen, byte[] tail)
    {
        var end = Encoding.Latin1.GetString(tail).TrimEnd('\r', '\n');
        return Encoding.Latin1.GetString(seen.ToArray()).TrimEnd('\r', '\n').EndsWith(end[Math.Max(0, end.Length - 8)..], StringComparison.Ordinal);
    }
}
