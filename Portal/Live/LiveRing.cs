using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Live;

/// <summary>
/// The calls that a live page shows: the newest, and as many as an eye can follow. Those that came and are not shown yet wait; where too many
/// wait, the oldest of them are left out and counted.
/// </summary>
internal sealed class LiveRing
{
    public const int MostShown = 500, MostAtOnce = 40, MostWaiting = 500;

    private readonly Queue<CallItem> _waiting = [];
    private readonly LinkedList<IReadOnlyList<CallItem>> _batches = [];

    /// <summary>Calls that came.</summary>
    public long Received { get; private set; }

    /// <summary>Calls that were shown at some time.</summary>
    public long Shown { get; private set; }

    /// <summary>Calls that are not shown, here or by the Store; at least so many.</summary>
    public long Dropped { get; private set; }

    public int Waiting => _waiting.Count;

    /// <summary>Rows now.</summary>
    public int Count { get; private set; }

    /// <summary>As they were shown, the newest first.</summary>
    public IEnumerable<IReadOnlyList<CallItem>> Batches => _batches;

    /// <summary>Newest first.</summary>
    public IEnumerable<CallItem> Calls => _batches.SelectMany(batch => batch);

    public void Take(CallItem call)
    {
        Received++;
        _waiting.Enqueue(call);
        if (_waiting.Count > MostWaiting)
        {
            _waiting.Dequeue();
            Dropped++;
        }
    }

    /// <param name="calls">How many the Store left out; null when it does not know, which is at least one.</param>
    public void LeaveOut(long? calls) => Dropped += calls ?? 1;

    /// <summary>Moves what waits into view.</summary>
    /// <returns>The new rows, newest first, and how many older batches have gone; null when nothing waits.</returns>
    public (IReadOnlyList<CallItem> Batch, int Gone)? Show()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var batch = new List<CallItem>(MostAtOnce);
        while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var call))
        {
            batch.Add(call);
        }

        batch.Reverse();
        _batches.AddFirst(batch);
        Count += batch.Count;
        Shown += batch.Count;
        var gone = 0;
        while (Count > MostShown)
        {
            Count -= _batches.Last!.Value.Count;
            _batches.RemoveLast();
            gone++;
        }

        return (batch, gone);
    }
}
