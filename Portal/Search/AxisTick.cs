using System.Globalization;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>A time written under a histogram, where the reader's clock shows a round one.</summary>
/// <param name="Percent">Where, from 0 at the start of the first bucket to 100 at the end of the last.</param>
/// <param name="Text"><c>10:15</c>, <c>10:15:30</c>, or <c>Sep 8</c> at midnight.</param>
internal sealed record AxisTick(string Percent, string Text)
{
    private const int Most = 8;

    // So much room a text needs before the right end.
    private const double LastPercent = 96;

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14, 30, 90, 365 }.Select(days => TimeSpan.FromDays(days)),
    ];

    public static IReadOnlyList<AxisTick> Of(CallHistogram histogram, TimeZoneInfo zone)
    {
        var start = histogram.Buckets[0].Start;
        var length = TimeSpan.FromSeconds((double)histogram.BucketSeconds * histogram.Buckets.Count);
        var step = Array.Find(Steps, step => length / step <= Most) is { Ticks: > 0 } found ? found : Steps[^1];
        var local = TimeZoneInfo.ConvertTime(start, zone).DateTime;
        var first = new DateTime(local.Ticks - (local.Ticks % step.Ticks), DateTimeKind.Unspecified);
        var ticks = new List<AxisTick>();
        // A change of the clock may end the range earlier or later than its length says.
        var end = TimeZoneInfo.ConvertTime(start + length, zone).DateTime;
        for (var time = first; time <= (local + length > end ? local + length : end); time += step)
        {
            // An hour that a change of the clock leaves out is nowhere.
            if (zone.IsInvalidTime(time))
            {
                continue;
            }

            var percent = (new DateTimeOffset(time, zone.GetUtcOffset(time)) - start) / length * 100;
            if (percent is >= 0 and <= LastPercent)
            {
                ticks.Add(new AxisTick(percent.ToString("0.##", CultureInfo.InvariantCulture), TextOf(time, step)));
            }
        }

        return ticks;
    }

    private static string TextOf(DateTime time, TimeSpan step)
        => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "MMM d" : step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
}
