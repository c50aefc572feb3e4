using System.Buffers;
using System.IO.Pipelines;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// The client's request body: passes every read on unchanged and shows it to a capture. It reads the server's pipe, not its stream: a read of
/// the stream that is cancelled leaves a body of known length "being read" for ever, so that the server cannot skip the rest of it, and closes
/// the connection under the client's next request. On the pipe a read is called back.
/// </summary>
internal sealed class RequestTee(Stream inner, PipeReader body, BodyCapture capture) : TeeStream(inner)
{
    /// <summary>Whether all of the body has passed.</summary>
    public bool Ended { get; private set; }

    /// <summary>Bytes that have passed.</summary>
    public long Passed => capture.Total;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = body.TryRead(out var ready) && !ready.IsCanceled ? ready : await WaitAsync(ready, cancellationToken);
        var count = (int)Math.Min(buffer.Length, read.Buffer.Length);
        var taken = read.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        Ended = read.IsCompleted && count == read.Buffer.Length;
        body.AdvanceTo(taken.End);
        return Seen(buffer.Span, count);
    }

    protected override void OnRead(ReadOnlySpan<byte> data) => capture.Append(data);

    private async ValueTask<ReadResult> WaitAsync(ReadResult read, CancellationToken cancellationToken)
    {
        using var callBack = cancellationToken.UnsafeRegister(static body => ((PipeReader)body!).CancelPendingRead(), body);
        while (true)
        {
            if (read.IsCanceled)
            {
                body.AdvanceTo(read.Buffer.Start);
            }

            cancellationToken.ThrowIfCancellationRequested();
            read = await body.ReadAsync(CancellationToken.None);
            if (!read.IsCanceled)
            {
                return read;
            }
        }
    }
}
