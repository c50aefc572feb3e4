using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture;

/// <summary>The memory that kept bodies may hold together. Thread-safe.</summary>
internal sealed class CaptureBudget
{
    private readonly long _limit;
    private readonly CaptureBudget? _whole;
    private long _taken;

    public CaptureBudget(IOptions<CaptureOptions> options)
        : this(options.Value.BufferBytes, null) => Streams = new CaptureBudget(options.Value.BufferBytes / 2, this);

    private CaptureBudget(long limit, CaptureBudget? whole)
    {
        (_limit, _whole) = (limit, whole);
        Streams = this;
    }

    /// <summary>The half of it that watches, shells and other calls without an end of their own may hold: they hold it for hours, and the others' bodies need some.</summary>
    public CaptureBudget Streams { get; }

    public long Taken => Interlocked.Read(ref _taken);

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= _limit && _whole?.TryTake(bytes) != false)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void GiveBack(int bytes)
    {
        Interlocked.Add(ref _taken, -bytes);
        _whole?.GiveBack(bytes);
    }
}
