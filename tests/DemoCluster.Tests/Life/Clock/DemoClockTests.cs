using KubeLens.DemoCluster.Life.Clock;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Life.Clock;

public sealed class DemoClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _real = new(Now);
    private readonly DemoClock _clock;

    public DemoClockTests() => _clock = new DemoClock(_real);

    [Fact]
    public void Time_BetweenJumps_RunsAsTheRealOne()
    {
        _clock.Begin(Now.AddHours(-2));
        _real.Advance(TimeSpan.FromMilliseconds(250));

        _clock.GetUtcNow().ShouldBe(Now.AddHours(-2).AddMilliseconds(250));
    }

    [Fact]
    public void JumpTo_AMomentThatHasPassed_ChangesNothing()
    {
        _clock.Begin(Now.AddHours(-2));
        _clock.JumpTo(Now.AddHours(-1));
        _clock.JumpTo(Now.AddHours(-3));

        _clock.GetUtcNow().ShouldBe(Now.AddHours(-1));
    }

    [Fact]
    public void JumpTo_TheFuture_StopsAtTheRealTime()
    {
        _clock.Begin(Now.AddHours(-2));
        _clock.JumpTo(Now.AddHours(5));

        _clock.GetUtcNow().ShouldBe(Now);
        _real.Advance(TimeSpan.FromMinutes(1));
        _clock.GetUtcNow().ShouldBe(Now.AddMinutes(1));
    }

    [Fact]
    public void Timestamps_AcrossAJump_MeasureRealTime()
    {
        _clock.Begin(Now.AddHours(-2));
        var began = _clock.GetTimestamp();
        _clock.JumpTo(Now.AddHours(-1));
        _real.Advance(TimeSpan.FromMilliseconds(7));

        _clock.GetElapsedTime(began).ShouldBe(TimeSpan.FromMilliseconds(7));
    }
}
