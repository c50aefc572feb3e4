using Microsoft.Extensions.Options;

namespace KubeLens.Store.Live;

/// <summary>Who follows. Nobody waits for a place: a feed may last for days.</summary>
internal sealed class LiveFollowers(IOptions<LiveOptions> options, StoreMetrics metrics)
{
    private readonly Lock _turn = new();
    private readonly HashSet<LiveFollower> _all = [];
    private volatile TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends once notices are heard.</summary>
    public Task Listening => _listening.Task;

    /// <summary>Null when there are <c>Live:MaxFollowers</c> already.</summary>
    public LiveFollower? TryAdd()
    {
        lock (_turn)
        {
            if (_all.Count >= options.Value.MaxFollowers)
            {
                return null;
            }

            var follower = new LiveFollower(Leave);
            _all.Add(follower);
            metrics.Followers(1);
            return follower;
        }
    }

    public void Tell(LiveNotice notice)
    {
        lock (_turn)
        {
            foreach (var follower in _all)
            {
                follower.Tell(notice);
            }
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
        lock (_turn)
        {
            if (_all.Remove(follower))
            {
                metrics.Followers(-1);
            }
        }
    }
}
