using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>Reads a request's head from a connection and nothing after it: what follows is the client's handshake with the target.</summary>
internal sealed class ConnectReader(TimeProvider clock)
{
    private const int Longest = 8 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<(ConnectReading Reading, ConnectRequest Request)> ReadAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        // Not the connection's own end: that comes with the client's half-close too, which may stand right behind its request.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None);
        try
        {
            return await ReadAsync(connection.Transport.Input, either.Token);
        }
        catch (OperationCanceledException)
        {
            return (patience.IsCancellationRequested ? ConnectReading.TimedOut : ConnectReading.Closed, default);
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException)
        {
            return (ConnectReading.Closed, default);
        }
    }

    private static async Task<(ConnectReading Reading, ConnectRequest Request)> ReadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (TakeHead(ref buffer, out var head))
            {
                var request = ConnectHead.Parse(head);
                input.AdvanceTo(buffer.Start);
                return (request.IsMalformed ? ConnectReading.Malformed : ConnectReading.Whole, request);
            }

            var reading = buffer.Length > Longest ? ConnectReading.TooLong
                : ConnectHead.IsHopeless(buffer.FirstSpan) ? ConnectReading.Malformed
                : read.IsCompleted ? ConnectReading.Closed
                : ConnectReading.Whole;
            input.AdvanceTo(buffer.Start, buffer.End);
            if (reading != ConnectReading.Whole)
            {
                return (reading, default);
            }
        }
    }

    private static bool TakeHead(ref ReadOnlySequence<byte> buffer, out byte[] head)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (reader.TryReadTo(out ReadOnlySequence<byte> lines, "\r\n\r\n"u8) && lines.Length <= Longest)
        {
            head = [.. lines.ToArray(), .. "\r\n\r\n"u8];
            buffer = buffer.Slice(reader.Position);
            return true;
        }

        head = [];
        return false;
    }
}
