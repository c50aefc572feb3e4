using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Live;

/// <summary>Who follows. Nobody waits for a place: a feed may last for days.</summary>
internal sealed class LiveFollowers(IOptions<LiveOptions> options, StoreMetrics metrics)
{
    private readonly ConcurrentDictionary<LiveFollower, byte> _all = [];
    private volatile TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Ends once notices are heard.</summary>
    public Task Listening => _listening.Task;

    /// <summary>Null when there are <c>Live:MaxFollowers</c> already.</summary>
    public LiveFollower? TryAdd()
    {
        if (Interlocked.Increment(ref _count) > options.Value.MaxFollowers)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var follower = new LiveFollower(Leave);
        _all.TryAdd(follower, 0);
        metrics.Followers(1);
        return follower;
    }

    public void Tell(LiveNotice notice)
    {
        foreach (var (follower, _) in _all)
        {
            follower.Tell(notice);
        }
    }

    /// <summary>Notices are heard from now on, and those before were missed.</summary>
    public void Begin()
    {
        Tell(LiveNotice.Missed);
        _listening.TrySetResult();
    }

    /// <summary>Notices are not heard for a while.</summary>
    public void Interrupt()
    {
        if (_listening.Task.IsCompleted)
        {
            _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Leave(LiveFollower follower)
    {
        if (_all.TryRemove(follower, out _))
        {
            Interlocked.Decrement(ref _count);
            metrics.Followers(-1);
        }
    }
}
