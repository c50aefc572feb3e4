using System.Threading.Channels;

namespace KubeLens.Store.Live;

/// <summary>Keeps the notices that one feed has not looked at yet: the newest of them, and of the others how many calls they told of.</summary>
internal sealed class LiveFollower : IDisposable
{
    private const int MostWaiting = 64;

    private readonly Action<LiveFollower> _leave;
    private readonly Channel<LiveNotice> _notices;
    private long _dropped;

    /// <param name="leave">Called once it hears no more.</param>
    public LiveFollower(Action<LiveFollower> leave)
    {
        _leave = leave;
        _notices = Channel.CreateBounded<LiveNotice>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Drop);
    }

    /// <summary>Never waits.</summary>
    public void Tell(LiveNotice notice) => _notices.Writer.TryWrite(notice);

    /// <summary>All that wait; none after <paramref name="patience"/>.</summary>
    public async Task<IReadOnlyList<LiveNotice>> ReadAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var notices = new List<LiveNotice>();
        using var enough = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            await _notices.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return notices;
        }

        while (_notices.Reader.TryRead(out var notice))
        {
            notices.Add(notice);
        }

        return notices;
    }

    /// <summary>How many calls were told of in notices that had to go, since the last time.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    /// <summary>What was told so far is of no interest.</summary>
    public void Forget()
    {
        while (_notices.Reader.TryRead(out _))
        {
        }

        TakeDropped();
    }

    public void Dispose() => _leave(this);

    // That something was missed must not be missed: it is told again, in the place of the next.
    private void Drop(LiveNotice notice)
    {
        Interlocked.Add(ref _dropped, notice.Calls);
        if (notice == LiveNotice.Missed)
        {
            Tell(notice);
        }
    }
}
