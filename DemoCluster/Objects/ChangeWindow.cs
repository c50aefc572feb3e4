namespace KubeLens.DemoCluster.Objects;

/// <summary>
/// The newest changes of all resources, the oldest falling out. Versions count up by one, so a version is a place in the ring.
/// Not thread-safe: its store guards it.
/// </summary>
internal sealed class ChangeWindow(int capacity)
{
    private readonly Change?[] _ring = new Change?[capacity];

    /// <summary>The newest version; 1 is the empty cluster's.</summary>
    public long Newest { get; private set; } = 1;

    /// <summary>A reader that has seen this version or a later one can be told everything since.</summary>
    public long Horizon => Math.Max(1, Newest - capacity);

    public void Add(Change change)
    {
        if (change.Version != Newest + 1)
        {
            throw new ArgumentException($"version {change.Version} does not follow {Newest}", nameof(change));
        }

        Newest = change.Version;
        _ring[change.Version % capacity] = change;
    }

    /// <param name="after">Must not be below <see cref="Horizon"/>.</param>
    public IEnumerable<Change> After(long after)
    {
        for (var version = after + 1; version <= Newest; version++)
        {
            yield return _ring[version % capacity]!;
        }
    }

    /// <summary>Newest first, down to but without <paramref name="version"/>.</summary>
    public IEnumerable<Change> BackTo(long version)
    {
        for (var current = Newest; current > version; current--)
        {
            yield return _ring[current % capacity]!;
        }
    }
}
