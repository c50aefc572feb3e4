namespace KubeLens.Gateway.Spool;

/// <summary>Counts everything that was dropped, by what and why.</summary>
internal sealed class SpoolDrops
{
    private static readonly int Reasons = Enum.GetValues<SpoolDropReason>().Length;

    private readonly long[] _calls = new long[Reasons];
    private readonly long[] _bodies = new long[Reasons];

    public long Calls => Sum(_calls);
    public long Bodies => Sum(_bodies);

    public void Call(SpoolDropReason reason, long count) => Interlocked.Add(ref _calls[(int)reason], count);

    public void Body(SpoolDropReason reason) => Interlocked.Increment(ref _bodies[(int)reason]);

    public long CallsBy(SpoolDropReason reason) => Interlocked.Read(ref _calls[(int)reason]);

    public long BodiesBy(SpoolDropReason reason) => Interlocked.Read(ref _bodies[(int)reason]);

    private static long Sum(long[] counts)
    {
        var sum = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            sum += Interlocked.Read(ref counts[i]);
        }

        return sum;
    }
}
