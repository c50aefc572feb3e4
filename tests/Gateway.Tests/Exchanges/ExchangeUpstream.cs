using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>A TLS server that answers the exchange being played with exactly its bytes, over HTTP/1.1.</summary>
internal sealed class ExchangeUpstream : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public ExchangeUpstream(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The one that is being played; others, such as the gateway's own probes, get an "ok".</summary>
    public Exchange? Current { get; set; }

    /// <summary>Done once what there is of the answer is on its way.</summary>
    public TaskCompletionSource Answered { get; set; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        try
        {
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http11] }, _end.Token);
            var reader = new WireReader(stream);
            while (await reader.ReadHeadAsync(_end.Token) is { Length: > 0 } head && await AnswerAsync(stream, reader, head) is var farewell)
            {
                if (farewell == Farewell.Reset)
                {
                    socket.LingerState = new LingerOption(true, 0);
                    return;
                }

                if (farewell == Farewell.Close)
                {
                    await stream.ShutdownAsync();
                    socket.Shutdown(SocketShutdown.Send);
                    await reader.ReadToEndAsync(_end.Token);
                    return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The gateway left, or the tests ended.
        }
    }

    private async Task<Farewell> AnswerAsync(SslStream stream, WireReader reader, string head)
    {
        if (Current is not { } exchange || !IsFor(head, exchange))
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), _end.Token);
            return Farewell.Keep;
        }

        if (!exchange.Course.AnswersEarly)
        {
            await reader.ReadRequestBodyAsync(head, _end.Token);
        }

        await stream.WriteAsync(exchange.ResponseHead, _end.Token);
        if (exchange.IsUpgrade)
        {
            await stream.FlushAsync(_end.Token);
            await reader.ReadExactlyAsync(exchange.RequestBody.Length, _end.Token);
        }

        await stream.WriteAsync(exchange.ResponseBody, _end.Token);
        await stream.FlushAsync(_end.Token);
        Answered.TrySetResult();
        if (exchange.Course.ClientLeaves)
        {
            await reader.ReadToEndAsync(_end.Token);
        }

        return exchange.IsUpgrade ? Farewell.Close : exchange.Course.Upstream;
    }

    // GET /api/v1/pods HTTP/1.1
    private static bool IsFor(string head, Exchange exchange) => head.Split("\r\n")[0].Contains($" {exchange.Target.Split('#')[0]} HTTP/", StringComparison.Ordinal) || exchange.Target.StartsWith("http", StringComparison.Ordinal);
}
