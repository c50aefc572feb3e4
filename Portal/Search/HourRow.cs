using System.Globalization;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>The hours of a day in the reader's zone.</summary>
/// <param name="Day"><c>Tue 8 Sep</c>.</param>
/// <param name="From">Where the first of its buckets begins.</param>
/// <param name="To">Where the last of them ends.</param>
/// <param name="Calls">That completed in each of the 24 hours; one that the clock has twice is told once, with the calls of both.</param>
internal sealed record HourRow(string Day, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<long> Calls)
{
    private const int Hours = 24;

    /// <param name="histogram">Of buckets no wider than an hour. Where the zone is not whole hours from UTC, each is told in the hour that it begins in.</param>
    /// <param name="zone">The reader's.</param>
    public static IReadOnlyList<HourRow> Of(CallHistogram histogram, TimeZoneInfo zone)
        => [.. histogram.Buckets
            .Select(bucket => (Bucket: bucket, Local: TimeZoneInfo.ConvertTime(bucket.Start, zone)))
            .GroupBy(told => DateOnly.FromDateTime(told.Local.DateTime))
            .Select(day =>
            {
                var calls = new long[Hours];
                foreach (var (bucket, local) in day)
                {
                    calls[local.Hour] += bucket.Calls;
                }

                return new HourRow(day.Key.ToString("ddd d MMM", CultureInfo.InvariantCulture), day.First().Bucket.Start, day.Last().Bucket.Start.AddSeconds(histogram.BucketSeconds), calls);
            })];
}
