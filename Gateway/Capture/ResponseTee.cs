using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// The upstream's response body, or both directions of an upgraded connection (what is written then is the client's side).
/// Its three duties besides copying:
/// the call is recorded before its last byte is handed on, so that no answered call is ever missing from the spool;
/// headers of a quiet stream are flushed at once, because the forwarder holds them until the first body byte;
/// and when the gateway stops, a stream that has no end of its own gets one that clients resume from.
/// </summary>
internal sealed class ResponseTee(Stream inner, CallExchange exchange, long? contentLength) : TeeStream(inner)
{
    private CancellationTokenSource? _stopping;
    private bool _began;

    private bool Upgraded => exchange.Context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (exchange.Info.IsLongRunning)
        {
            _stopping ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, exchange.GatewayStopping);
            return ReadUntilStoppedAsync(buffer, cancellationToken);
        }

        var read = Inner.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return AwaitReadAsync(read, buffer, cancellationToken);
        }

        return ValueTask.FromResult(Seen(buffer.Span, read.Result));
    }

    protected override void OnRead(ReadOnlySpan<byte> data)
    {
        _began = true;
        exchange.Watch?.Append(data); // before its bytes are counted: who sees these of a running call sees its events, too
        exchange.ResponseBody.Append(data);
        exchange.Session?.FromServer(data);
        if (data.IsEmpty || exchange.ResponseBody.Total == contentLength)
        {
            exchange.Complete(Upgraded ? CallOutcome.UpgradeEnded : CallOutcome.Completed);
        }
    }

    protected override void OnWrite(ReadOnlySpan<byte> data)
    {
        exchange.RequestBody.Append(data);
        exchange.Session?.FromClient(data);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> AwaitReadAsync(ValueTask<int> read, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_began && contentLength is null && !Upgraded)
        {
            _began = true;
            await exchange.FlushHeadersAsync(cancellationToken);
        }

        var count = await read;
        return Seen(buffer.Span, count);
    }

    private async ValueTask<int> ReadUntilStoppedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await AwaitReadAsync(Inner.ReadAsync(buffer, _stopping!.Token), buffer, cancellationToken);
        }
        catch (OperationCanceledException) when (exchange.GatewayStopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            OnRead([]);
            return 0;
        }
    }
}
