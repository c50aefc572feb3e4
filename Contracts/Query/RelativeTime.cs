using System.Globalization;

namespace KubeLens.Contracts.Query;

/// <summary>
/// <c>now { (+|-) number unit } [ / unit ]</c> with the units s, m, h, d, w, M (months), y. Days and longer are calendar days of the zone.
/// Rounding takes the start of the period, or for <c>to</c> the start of the next.
/// </summary>
internal static class RelativeTime
{
    private const int MostDigits = 9;

    public static TimeReading Read(string text, TimeEdge edge, DateTimeOffset now, TimeZoneInfo zone)
    {
        var time = now.ToUniversalTime();
        var at = "now".Length;
        try
        {
            while (at < text.Length && text[at] is '+' or '-')
            {
                var sign = text[at] == '-' ? -1 : 1;
                var start = ++at;
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                {
                    at++;
                }

                if (at == start || at - start > MostDigits || at == text.Length)
                {
                    return Wrong(at - start > MostDigits ? "counts too far" : "needs a number and a unit (s, m, h, d, w, M, y) after its sign");
                }

                var count = sign * int.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
                if (Moved(time, count, text[at], zone) is not { } moved)
                {
                    return Wrong($"has the unknown unit \"{text[at]}\" (s, m, h, d, w, M, y)");
                }

                time = moved;
                at++;
            }

            if (at == text.Length)
            {
                return new TimeReading(time);
            }

            return text[at] == '/' && at + 2 == text.Length && Rounded(time, text[at + 1], edge, zone) is { } rounded
                ? new TimeReading(rounded)
                : Wrong($"has an unexpected \"{text[at..]}\"");
        }
        catch (ArgumentOutOfRangeException)
        {
            return Wrong("is not between the years 1970 and 9998");
        }
    }

    private static DateTimeOffset? Moved(DateTimeOffset time, int count, char unit, TimeZoneInfo zone) => unit switch
    {
        's' => time.AddSeconds(count),
        'm' => time.AddMinutes(count),
        'h' => time.AddHours(count),
        _ when Calendar(TimeZoneInfo.ConvertTime(time, zone).DateTime, count, unit) is { } local => ZoneTime.StartOf(local, zone),
        _ => null,
    };

    private static DateTime? Calendar(DateTime local, int count, char unit) => unit switch
    {
        'd' => local.AddDays(count),
        'w' => local.AddDays(7.0 * count),
        'M' => local.AddMonths(count),
        'y' => local.AddYears(count),
        _ => null,
    };

    private static DateTimeOffset? Rounded(DateTimeOffset time, char unit, TimeEdge edge, TimeZoneInfo zone)
    {
        var here = TimeZoneInfo.ConvertTime(time, zone);
        var next = edge == TimeEdge.To ? 1 : 0;
        var small = unit switch { 's' => TimeSpan.FromSeconds(1), 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), _ => TimeSpan.Zero };
        if (small > TimeSpan.Zero)
        {
            return here.AddTicks(-(here.Ticks % small.Ticks)).Add(next * small).ToUniversalTime();
        }

        var day = here.Date;
        DateTime? start = unit switch
        {
            'd' => day,
            'w' => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), // ISO: a week begins on Monday
            'M' => day.AddDays(1 - day.Day),
            'y' => day.AddDays(1 - day.DayOfYear),
            _ => null,
        };
        return start is { } s && Calendar(s, next, unit) is { } local ? ZoneTime.StartOf(local, zone) : null;
    }

    private static TimeReading Wrong(string problem) => new("Q153", problem, "");
}
