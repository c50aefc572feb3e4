using KubeLens.Portal.Live;
using KubeLens.Portal.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.Portal.Tests.Live;

public sealed class LiveRingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Show_AFewAtOnce_ComeNewestFirst()
    {
        var ring = Of(3);

        ring.Show()!.Value.Batch.Select(call => call.Id).ShouldBe(["2", "1", "0"]);

        ring.Show().ShouldBeNull();
        (ring.Received, ring.Shown, ring.Dropped, ring.Waiting, ring.Count).ShouldBe((3, 3, 0, 0, 3));
    }

    [Fact]
    public void Show_More_ComeFortyAtATime()
    {
        var ring = Of(100);

        ring.Show()!.Value.Batch[0].Id.ShouldBe("39");
        (ring.Waiting, ring.Count).ShouldBe((60, 40));
        ring.Show();
        ring.Show()!.Value.Batch.Count.ShouldBe(20);
        ring.Calls.First().Id.ShouldBe("99");
    }

    [Fact]
    public void Show_PastTheMost_LetsTheOldestGo()
    {
        var ring = Of(500);
        while (ring.Show() is not null)
        {
        }

        ring.Count.ShouldBe(500);
        ring.Take(Call(500));
        ring.Show()!.Value.Gone.ShouldBe(1);
        ring.Count.ShouldBe(461);
        ring.Calls.Last().Id.ShouldBe("40");
    }

    [Fact]
    public void Take_WhileNothingIsShown_KeepsTheNewestAndCountsTheOthers()
    {
        var ring = Of(620);
        ring.LeaveOut(7);
        ring.LeaveOut(null);

        (ring.Received, ring.Waiting, ring.Dropped).ShouldBe((620, 500, 128));
        ring.Show()!.Value.Batch[^1].Id.ShouldBe("120");
    }

    [Fact]
    public void Rate_IsThatOfTheLastSeconds()
    {
        var clock = new FakeTimeProvider(Noon);
        var rate = new LiveRate(clock);
        var total = 0L;
        for (var i = 0; i < 40; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            total += 5;
            rate.Mark(total);
        }

        rate.Mark(total).ShouldBe(20, 1);
        clock.Advance(TimeSpan.FromSeconds(30));
        rate.Mark(total);
        clock.Advance(TimeSpan.FromSeconds(30));
        rate.Mark(total).ShouldBe(0);
    }

    private static LiveRing Of(int calls)
    {
        var ring = new LiveRing();
        for (var i = 0; i < calls; i++)
        {
            ring.Take(Call(i));
        }

        return ring;
    }

    private static KubeLens.Contracts.Search.CallItem Call(int i) => SampleCalls.One(1, Noon) with { Id = $"{i}" };
}
