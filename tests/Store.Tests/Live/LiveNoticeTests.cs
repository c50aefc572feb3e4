using KubeLens.Store.Live;

namespace KubeLens.Store.Tests.Live;

public sealed class LiveNoticeTests
{
    private static readonly DateTime Noon = new(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Notices_OfManyBatches_FitAndLoseNone()
    {
        var calls = Enumerable.Range(0, 2_000).Select(i => (Batch: long.MaxValue - (i / 2), At: Noon.AddSeconds(i))).ToList();

        var notices = LiveNotice.Of(calls).Select(notice => notice.ToString()).ToList();

        notices.Count.ShouldBe(3);
        notices.ShouldAllBe(text => text.Length < 8_000);
        var all = LiveNotice.Join([.. notices.Select(LiveNotice.Parse)]);
        (all.From, all.To, all.Calls).ShouldBe((Noon, Noon.AddSeconds(1_999), 2_000));
        all.Batches.ShouldBe(calls.Select(call => call.Batch).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void Notices_OfNoCalls_AreNone() => LiveNotice.Of([]).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 ")]
    [InlineData("1 2 3 4,x")]
    [InlineData("-1 2 3 4")]
    [InlineData("1 9223372036854775807 3 4")]
    public void Parse_NoNotice_SaysSo(string payload) => Should.Throw<FormatException>(() => LiveNotice.Parse(payload));

    [Fact]
    public async Task Follower_DoesNotRead_KeepsTheNewestAndCountsTheOthers()
    {
        using var follower = new LiveFollower(_ => { });
        follower.Tell(LiveNotice.Missed);
        for (var i = 1; i <= 100; i++)
        {
            follower.Tell(new LiveNotice(Noon, Noon, 10, [i]));
        }

        var kept = await follower.ReadAsync(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);

        kept.ShouldContain(LiveNotice.Missed);
        kept.Count.ShouldBe(64);
        kept[^1].Batches.ShouldBe([100]);
        follower.TakeDropped().ShouldBe((100 - 63) * 10);
        follower.TakeDropped().ShouldBe(0);
    }
}
