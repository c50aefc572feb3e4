namespace KubeLens.DemoCluster.Life.Clock;

/// <summary>What will happen, in order of time; what is due at the same moment happens in the order of its entry.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset At, long Entry)> _entries = new();
    private long _count;

    public void At(DateTimeOffset time, Func<CancellationToken, Task> action) => _entries.Enqueue(action, (time, _count++));

    /// <param name="pause">From one time to the next; asked after each.</param>
    public void Every(DateTimeOffset first, Func<TimeSpan> pause, Func<CancellationToken, Task> action)
    {
        At(first, Once);
        async Task Once(CancellationToken cancellationToken)
        {
            Every(first + pause(), pause, action); // before the action: one that fails does not end the series
            await action(cancellationToken);
        }
    }

    /// <summary>When the next thing happens; null when nothing will.</summary>
    public DateTimeOffset? Next => _entries.TryPeek(out _, out var order) ? order.At : null;

    /// <summary>Takes what is next.</summary>
    public (DateTimeOffset At, Func<CancellationToken, Task> Action) Take()
    {
        _entries.TryDequeue(out var action, out var order);
        return (order.At, action ?? throw new InvalidOperationException("Nothing is left on the agenda."));
    }
}
