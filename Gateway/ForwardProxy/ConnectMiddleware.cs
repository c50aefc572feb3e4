using KubeLens.Gateway.Capture.Connections;
using Microsoft.AspNetCore.Connections;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>
/// Stands before TLS on the proxy's endpoint. A client that asks for a configured cluster is told yes, and goes on to the gateway
/// itself, which answers in the cluster's place; all others are told why not. Nothing is ever connected to from here.
/// </summary>
internal sealed class ConnectMiddleware(IProxyTargets targets, TimeProvider clock, ILogger<ConnectMiddleware> logger)
{
    private const int MostToDrain = 64 * 1024;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ConnectReader _reader = new(clock);

    public async Task InvokeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var (reading, request) = await _reader.ReadAsync(connection);
        if (reading == ConnectReading.Closed)
        {
            End(connection, ForwardProxyMetrics.Closed);
        }
        else if (reading == ConnectReading.Whole && request.IsConnect && targets.At(request.Host, request.Port) is { } target)
        {
            ForwardProxyMetrics.Ended(ForwardProxyMetrics.Accepted);
            connection.Features.Set(target);
            await connection.Transport.Output.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), CancellationToken.None);
            await next(connection);
        }
        else
        {
            await RefuseAsync(connection, Refusal(reading, request));
        }
    }

    private static ProxyRefusal Refusal(ConnectReading reading, ConnectRequest request) => reading switch
    {
        ConnectReading.TooLong => ProxyRefusal.TooLong,
        ConnectReading.TimedOut => ProxyRefusal.TimedOut,
        ConnectReading.Whole when request.IsConnect => ProxyRefusal.Target(request.Address),
        ConnectReading.Whole when request.Method.All(char.IsAsciiLetterUpper) => ProxyRefusal.Method(request.Method),
        _ => ProxyRefusal.Malformed,
    };

    private async Task RefuseAsync(ConnectionContext connection, ProxyRefusal refusal)
    {
        End(connection, refusal.Outcome);
        logger.Refused(connection.RemoteEndPoint, refusal.Status, refusal.Text);
        using var farewell = new CancellationTokenSource(Farewell, clock);
        try
        {
            await connection.Transport.Output.WriteAsync(refusal.ToBytes(), farewell.Token);
            await connection.Transport.Output.CompleteAsync();
            await DrainAsync(connection, farewell.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException or IOException)
        {
            // It has been told, or did not wait for it.
        }
    }

    // A socket that is closed with unread bytes is reset, and the reset can overtake the answer.
    private static async Task DrainAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        for (long drained = 0; drained < MostToDrain;)
        {
            var read = await connection.Transport.Input.ReadAsync(cancellationToken);
            drained += read.Buffer.Length;
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static void End(ConnectionContext connection, string outcome)
    {
        ForwardProxyMetrics.Ended(outcome);
        if (connection.Features.Get<ConnectionFacts>() is { } facts)
        {
            facts.Problem = outcome switch
            {
                "timeout" or "closed" => outcome,
                "malformed" => "bad_request",
                _ => "proxy_refused",
            };
        }
    }
}
