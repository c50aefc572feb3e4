using System.Buffers;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Capture.Watches;

namespace KubeLens.Gateway.Capture.Open;

/// <summary>
/// A call that may take long and has begun: what the Store is told of it. The record is made in the call's own flow; everybody else sees
/// bytes and counters only, because a request's context serves the next request once it has ended.
/// </summary>
internal sealed class OpenCall(BodyCapture request, BodyCapture response, long startTimestamp)
{
    private byte[] _record = [];
    private int _announced;
    private int _ended;
    private byte[]? _sentRecord;
    private long _sentBytes;

    public long StartTimestamp => startTimestamp;

    /// <summary>Its events, once it is answered; null where it is no watch.</summary>
    public Watch? Watch { get; set; }

    public bool HasEnded => Volatile.Read(ref _ended) == 1;

    /// <summary>Whether the Store has its present state. Looked at by the worker alone, as is all that it sends.</summary>
    public bool IsKnown => ReferenceEquals(_sentRecord, Volatile.Read(ref _record)) && _sentBytes == request.Total + response.Total;

    /// <summary>What is known of it now, as a log record without progress.</summary>
    public void Describe(ReadOnlySpan<byte> record) => Volatile.Write(ref _record, record.ToArray());

    /// <summary>
    /// Before it is sent. Either this sees the end and nothing is sent, or <see cref="End"/> sees the announcement and the record of the
    /// end says so: both write their own mark before they read the other's.
    /// </summary>
    public bool TryAnnounce()
    {
        Interlocked.Exchange(ref _announced, 1);
        return Interlocked.CompareExchange(ref _ended, 0, 0) == 0;
    }

    /// <summary>Whether the Store may have been told of it.</summary>
    public bool End()
    {
        Interlocked.Exchange(ref _ended, 1);
        return Interlocked.CompareExchange(ref _announced, 0, 0) == 1;
    }

    /// <summary>Writes its present state; the returned action notes that the Store has taken it.</summary>
    public Action Write(TimeProvider clock, IBufferWriter<byte> output)
    {
        var (record, sent, received) = (Volatile.Read(ref _record), request.Total, response.Total);
        output.Write(record);
        InFlightLog.WriteProgress(clock.GetUtcNow(), (long)clock.GetElapsedTime(startTimestamp).TotalMicroseconds, sent, received, output);
        if (Watch is { } watch)
        {
            CallWatchWriter.Write(watch.DescribeProgress(), output);
        }

        return () => (_sentRecord, _sentBytes) = (record, sent + received);
    }
}
