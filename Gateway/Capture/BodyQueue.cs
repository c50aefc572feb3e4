using System.Threading.Channels;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Spool;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// Bodies that wait for redaction. Bounded: when it is full the newest bodies are dropped, and their calls say so.
/// </summary>
internal sealed class BodyQueue(ICallSpool spool, IOptions<CaptureOptions> options)
{
    private static readonly CallBody Dropped = new(ReadOnlyMemory<byte>.Empty, CallBodyNote.Dropped, 0);

    private readonly Channel<BodyJob> _jobs = Channel.CreateBounded<BodyJob>(new BoundedChannelOptions(options.Value.QueueLength) { FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<BodyJob> Reader => _jobs.Reader;

    /// <summary>Takes the job over, memory included. Never waits.</summary>
    public void Enqueue(BodyJob job)
    {
        if (_jobs.Writer.TryWrite(job))
        {
            return;
        }

        CaptureMetrics.BodiesDropped("queue");
        var fragment = new System.Buffers.ArrayBufferWriter<byte>(64);
        CallLogWriter.WriteBodies(job.RequestBody.Total > 0 ? Dropped : CallBody.None, job.ResponseBody.Total > 0 ? Dropped : CallBody.None, fragment);
        spool.AppendBodies(job.Sequence, fragment.WrittenSpan);
        job.Dispose();
    }

    /// <summary>No more jobs will come; what is queued is still handed out.</summary>
    public void Complete() => _jobs.Writer.TryComplete();
}
