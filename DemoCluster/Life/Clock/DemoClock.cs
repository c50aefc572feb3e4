namespace KubeLens.DemoCluster.Life.Clock;

/// <summary>
/// The cluster's time: behind the real one while history is played, and forward from moment to moment by jumps; between
/// them it runs as the real one does, so that latencies are real. Timers and timestamps are always real.
/// </summary>
internal sealed class DemoClock(TimeProvider real) : TimeProvider
{
    private long _behind; // ticks

    public override long TimestampFrequency => real.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public DateTimeOffset RealNow => real.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow().AddTicks(-Interlocked.Read(ref _behind));

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Begins in the past, before anything has happened.</summary>
    public void Begin(DateTimeOffset at) => Interlocked.Exchange(ref _behind, (real.GetUtcNow() - at).Ticks);

    /// <summary>Moves on to a moment; one that has passed already changes nothing, and the real time is never overtaken.</summary>
    public void JumpTo(DateTimeOffset at)
    {
        var behind = Math.Max(0, (real.GetUtcNow() - at).Ticks);
        if (behind < Interlocked.Read(ref _behind))
        {
            Interlocked.Exchange(ref _behind, behind);
        }
    }
}
