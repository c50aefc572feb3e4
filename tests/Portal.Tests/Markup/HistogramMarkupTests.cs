using KubeLens.Contracts.Search;
using KubeLens.Portal.Markup;

namespace KubeLens.Portal.Tests.Markup;

public sealed class HistogramMarkupTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Bars_OfEachKind_StandOnOneAnother()
    {
        var histogram = Of(new(Start, 90, 6, 4, 0), new(Start.AddMinutes(1), 0, 0, 0, 0), new(Start.AddMinutes(2), 100_000, 0, 0, 1));

        HistogramMarkup.Most(histogram).ShouldBe(100_001);
        HistogramMarkup.ViewBox(histogram).ShouldBe("0 0 30 50");
        // However few, they are one unit high.
        HistogramMarkup.Bars(histogram).ShouldBe(
            "<path class=\"fail\" d=\"M1 49h8v1h-8z\"/><path class=\"warn\" d=\"M1 48h8v1h-8z\"/>"
            + "<path class=\"none\" d=\"M21 49h8v1h-8z\"/><path class=\"ok\" d=\"M1 47h8v1h-8zM21 1h8v48h-8z\"/>");
        HistogramMarkup.Counts(histogram).ShouldBe("90,6,4,0;0,0,0,0;100000,0,0,1");
    }

    [Fact]
    public void Bars_WithoutCalls_AreFourEmptyPaths()
        => HistogramMarkup.Bars(Of(new HistogramBucket(Start, 0, 0, 0, 0))).ShouldBe("<path class=\"fail\" d=\"\"/><path class=\"warn\" d=\"\"/><path class=\"none\" d=\"\"/><path class=\"ok\" d=\"\"/>");

    /// <summary>What a change of the histogram may cost on the wire.</summary>
    [Fact]
    public void Bars_OfAnHourByTheMinute_AreWithinThreeKibibytes()
    {
        var histogram = Of([.. Enumerable.Range(0, 61).Select(i => new HistogramBucket(Start.AddMinutes(i), 9_000 + (i * 37 % 2_000), i % 3 == 0 ? 20 + i : 0, i % 10 == 0 ? 3 : 0, 0))]);

        (HistogramMarkup.Bars(histogram).Length + HistogramMarkup.Counts(histogram).Length).ShouldBeLessThanOrEqualTo(3 * 1024);
    }

    private static CallHistogram Of(params IReadOnlyList<HistogramBucket> buckets)
        => new(Start, Start.AddMinutes(buckets.Count), 60, buckets, new CountQuality(CountQuality.Exact, Start, buckets.Sum(bucket => bucket.Calls)));
}
