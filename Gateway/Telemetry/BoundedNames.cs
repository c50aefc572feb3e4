using System.Collections.Concurrent;

namespace KubeLens.Gateway.Telemetry;

/// <summary>
/// Names that clients choose, as an attribute of metrics: the first ones are told apart, later ones are not, for as long as the
/// process runs. Thread-safe; the limit may be passed by as many as come at the same moment.
/// </summary>
internal sealed class BoundedNames<T>(int limit)
    where T : notnull
{
    private readonly ConcurrentDictionary<T, bool> _known = new();
    private int _count;

    /// <summary>Whether this one is told apart.</summary>
    /// <param name="name">What a client wrote.</param>
    /// <param name="admit">Whether it may be taken in, so that what an apiserver refuses takes no room.</param>
    public bool Knows(T name, bool admit)
    {
        if (_known.ContainsKey(name))
        {
            return true;
        }

        if (!admit || Volatile.Read(ref _count) >= limit)
        {
            return false;
        }

        if (_known.TryAdd(name, true))
        {
            Interlocked.Increment(ref _count);
        }

        return true;
    }
}
