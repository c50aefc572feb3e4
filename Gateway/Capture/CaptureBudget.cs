using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Capture;

/// <summary>The memory that kept bodies may hold together. Thread-safe.</summary>
internal sealed class CaptureBudget(IOptions<CaptureOptions> options)
{
    private readonly long _limit = options.Value.BufferBytes;
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= _limit)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
