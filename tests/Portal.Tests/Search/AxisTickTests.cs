using System.Globalization;
using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class AxisTickTests
{
    [Fact]
    public void Of_AnHourInKathmandu_StandsWhereItsClockIsRound()
        => Texts("2026-09-08T04:00:00Z", 60, 60, "Asia/Kathmandu").ShouldBe(["8.33 09:50", "25 10:00", "41.67 10:10", "58.33 10:20", "75 10:30", "91.67 10:40"]);

    [Fact]
    public void Of_DaysAroundMidnight_NamesTheDay()
        => Texts("2026-09-07T18:00:00Z", 1800, 24, "Etc/UTC").ShouldBe(["0 18:00", "16.67 20:00", "33.33 22:00", "50 Sep 8", "66.67 02:00", "83.33 04:00"]);

    [Fact]
    public void Of_NightInWhichClocksGoForward_LeavesTheMissingHourOut()
        => Texts("2026-03-28T23:00:00Z", 600, 36, "Europe/Prague").ShouldBe(["0 Mar 29", "16.67 01:00", "33.33 03:00", "50 04:00", "66.67 05:00", "83.33 06:00"]);

    [Fact]
    public void Of_NightInWhichClocksGoBack_GoesOnToTheEnd()
        => Texts("2026-10-24T22:00:00Z", 600, 36, "Europe/Prague")[^1].ShouldBe("83.33 04:00");

    [Fact]
    public void Of_Seconds_ShowsThem()
        => Texts("2026-09-08T04:00:02Z", 1, 10, "Etc/UTC").ShouldContain("20 04:00:04");

    private static List<string> Texts(string start, int width, int buckets, string zone)
    {
        var first = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);
        var histogram = new CallHistogram(first, first, width, [.. Enumerable.Range(0, buckets).Select(i => new HistogramBucket(first.AddSeconds(i * width), 0, 0, 0, 0))], new CountQuality(CountQuality.Exact, first, 0));
        return [.. AxisTick.Of(histogram, TimeZoneInfo.FindSystemTimeZoneById(zone)).Select(tick => $"{tick.Percent} {tick.Text}")];
    }
}
