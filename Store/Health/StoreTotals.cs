namespace KubeLens.Store.Health;

/// <summary>What some counters of <see cref="StoreMetrics"/> have come to since the start.</summary>
internal sealed class StoreTotals
{
    private long _calls, _batches, _duplicates, _rejected, _refused;

    public long Calls => Interlocked.Read(ref _calls);

    public long Batches => Interlocked.Read(ref _batches);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long Rejected => Interlocked.Read(ref _rejected);

    public long Refused => Interlocked.Read(ref _refused);

    public void Ingested(int calls, int batches, int duplicates)
    {
        Interlocked.Add(ref _calls, calls);
        Interlocked.Add(ref _batches, batches);
        Interlocked.Add(ref _duplicates, duplicates);
    }

    public void AddRejected(int records) => Interlocked.Add(ref _rejected, records);

    public void AddRefused() => Interlocked.Increment(ref _refused);
}
