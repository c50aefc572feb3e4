using KubeLens.Gateway.Upstream.Connections;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.Gateway.Tests.Upstream.Connections;

public sealed class UpstreamUseTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void SentUntil_TheEnd_IsNoLongerThanTheCallHoweverLateItIsAsked()
    {
        var start = _clock.GetTimestamp();
        var use = new UpstreamUse(_clock);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        use.Sending();
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        use.Answered(null, System.Net.HttpVersion.Version20, 200);
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        var ended = _clock.GetTimestamp();

        // Until the record is written.
        _clock.Advance(TimeSpan.FromSeconds(3));

        (use.UntilAnswered(start), use.SentUntil(ended, waited: false)).ShouldBe((6_000, 7_000));
    }

    [Theory]
    [InlineData(true, 4_000L)]
    [InlineData(false, null)]
    public void SentUntil_NoAnswer_CountsOnlyWhereItWasWaitedFor(bool waited, long? expected)
    {
        var use = new UpstreamUse(_clock);
        use.Sending();
        _clock.Advance(TimeSpan.FromMilliseconds(4));

        use.SentUntil(_clock.GetTimestamp(), waited).ShouldBe(expected);
    }
}
