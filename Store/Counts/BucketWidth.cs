namespace KubeLens.Store.Counts;

/// <summary>The widths that the buckets of a histogram may have.</summary>
internal static class BucketWidth
{
    private const int Minute = 60, Hour = 60 * Minute, Day = 24 * Hour, Week = 7 * Day;

    // The last one is 39 years: more do not fit into the seconds of the contract.
    private static readonly int[] Seconds = [1, 5, 10, 15, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, .. Enumerable.Range(0, 12).Select(i => Week << i)];

    /// <summary>The smallest with which a range needs no more than so many; the largest where there is none.</summary>
    public static int Of(DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        var width = Seconds.FirstOrDefault(width => NumberOf(to, width) - NumberOf(from, width) < buckets);
        return width > 0 ? width : Seconds[^1];
    }

    /// <summary>Which bucket a moment is in, from that on which begins with 1970.</summary>
    public static long NumberOf(DateTimeOffset time, int width) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / (width * TimeSpan.TicksPerSecond);

    /// <summary>The first moment of a bucket.</summary>
    public static DateTimeOffset StartOf(long number, int width) => new(DateTime.UnixEpoch.Ticks + number * width * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
