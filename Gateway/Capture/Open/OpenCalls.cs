using System.Collections.Concurrent;

namespace KubeLens.Gateway.Capture.Open;

/// <summary>The calls under way that may take long. Bounded by the connections that clients hold. Thread-safe; nothing here waits.</summary>
internal sealed class OpenCalls
{
    private readonly ConcurrentDictionary<long, OpenCall> _calls = new();
    private readonly ConcurrentQueue<OpenCall> _new = new();

    public IEnumerable<OpenCall> All => _calls.Select(call => call.Value);

    public int Count => _calls.Count;

    public void Add(long sequence, OpenCall call)
    {
        _calls[sequence] = call;
        _new.Enqueue(call);
    }

    public void Remove(long sequence) => _calls.TryRemove(sequence, out _);

    /// <summary>Those that were added since, in their order, once they are <paramref name="age"/> old; most have ended before, and are left out.</summary>
    public List<OpenCall> TakeNew(TimeSpan age, TimeProvider clock)
    {
        var taken = new List<OpenCall>();
        while (_new.TryPeek(out var call) && (call.HasEnded || clock.GetElapsedTime(call.StartTimestamp) >= age))
        {
            if (_new.TryDequeue(out _) && !call.HasEnded)
            {
                taken.Add(call);
            }
        }

        return taken;
    }
}
