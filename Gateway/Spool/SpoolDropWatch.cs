namespace KubeLens.Gateway.Spool;

/// <summary>Says once when dropping begins and once when it has ended, however many are dropped in between.</summary>
internal sealed class SpoolDropWatch(CallSpool spool, TimeProvider time, ILogger<CallSpool> log)
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(30);

    private long _seen;
    private long _lastAt;

    /// <summary>Something was dropped within the last half minute.</summary>
    public bool IsDropping { get; private set; }

    public void Look()
    {
        var (calls, bodies) = (spool.Drops.Calls, spool.Drops.Bodies);
        if (calls + bodies != _seen)
        {
            (_seen, _lastAt) = (calls + bodies, time.GetTimestamp());
            if (!IsDropping)
            {
                SpoolLog.Dropping(log, calls, bodies);
            }

            IsDropping = true;
        }
        else if (IsDropping && time.GetElapsedTime(_lastAt) >= Calm)
        {
            IsDropping = false;
            SpoolLog.NoLongerDropping(log, calls, bodies);
        }
    }
}
