using System.Globalization;

namespace KubeLens.Contracts.Query;

/// <summary>Local times of a zone with daylight saving: one that happens twice, one that never happens.</summary>
internal static class ZoneTime
{
    /// <summary>A local time as a person gave it. Of one that happens twice <c>from</c> takes the first and <c>to</c> the second, so that nothing is missed.</summary>
    public static TimeReading Exact(DateTime local, TimeEdge edge, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
        {
            var next = TimeZoneInfo.ConvertTime(StartOf(local, zone), zone).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            return new TimeReading("Q152", $"does not exist in {zone.Id}: clocks were set forward over it", next);
        }

        var offset = !zone.IsAmbiguousTime(local) ? zone.GetUtcOffset(local)
            : edge == TimeEdge.From ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetAmbiguousTimeOffsets(local).Min();
        return InYears(local, offset) ? new TimeReading(Utc(local, offset)) : new TimeReading("Q153", "is not between the years 1970 and 9998", "");
    }

    /// <summary>A local time that was computed: the first instant at or after it.</summary>
    public static DateTimeOffset StartOf(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddTicks(TimeSpan.TicksPerMinute - (local.Ticks % TimeSpan.TicksPerMinute));
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return InYears(local, offset) ? Utc(local, offset) : DateTimeOffset.MinValue;
    }

    private static bool InYears(DateTime local, TimeSpan offset) => local.Ticks - offset.Ticks is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks;

    private static DateTimeOffset Utc(DateTime local, TimeSpan offset) => new(local.Ticks - offset.Ticks, TimeSpan.Zero);
}
