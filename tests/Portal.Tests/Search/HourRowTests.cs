using KubeLens.Contracts.Search;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class HourRowTests
{
    [Fact]
    public void Of_Hours_AreThoseOfTheReadersClock()
    {
        // 2026-09-08 18:00 to 20:00 in UTC is 23:45 to 01:45 in Kathmandu.
        var rows = HourRow.Of(Histogram("2026-09-08T18:00:00Z", 3, 5), TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"));
        rows.Select(row => row.Day).ShouldBe(["Tue 8 Sep", "Wed 9 Sep"]);
        rows[0].Calls[23].ShouldBe(3);
        rows[1].Calls[0].ShouldBe(5);
        rows[0].To.ShouldBe(rows[1].From);
        rows[1].To.ShouldBe(DateTimeOffset.Parse("2026-09-08T20:00:00Z", null));
    }

    [Fact]
    public void Of_HourThatTheClockHasTwice_HasTheCallsOfBoth()
    {
        // Clocks in Prague go from 3:00 back to 2:00 at 01:00 UTC.
        var row = HourRow.Of(Histogram("2026-10-24T23:00:00Z", 1, 2, 4, 8), TimeZoneInfo.FindSystemTimeZoneById("Europe/Prague")).ShouldHaveSingleItem();
        row.Calls.Take(4).ShouldBe([0, 1, 6, 8]);
    }

    private static CallHistogram Histogram(string start, params long[] calls)
    {
        var from = DateTimeOffset.Parse(start, null);
        var buckets = calls.Select((count, i) => new HistogramBucket(from.AddHours(i), count, 0, 0, 0)).ToList();
        return new CallHistogram(from, from.AddHours(calls.Length), 3600, buckets, new CountQuality(CountQuality.Exact, from, calls.Sum()));
    }
}
