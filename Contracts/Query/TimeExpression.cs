using System.Globalization;

namespace KubeLens.Contracts.Query;

/// <summary>
/// Reads one time: <c>now</c>, <c>now-15m</c>, <c>now-1d/d</c>, <c>today</c>, <c>yesterday</c>, RFC 3339,
/// <c>2026-09-08T10:15</c> and <c>2026-09-08</c> in the given zone, Unix seconds or milliseconds.
/// </summary>
public static class TimeExpression
{
    private const int LongestText = 64;
    private const int FractionDigits = 7;
    private const int LeastSecondDigits = 9, MostSecondDigits = 11, MostMillisecondDigits = 14;

    private static readonly string[] LocalFormats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];

    private static readonly string[] OffsetFormats = [.. LocalFormats.SelectMany(f => new[] { f + "zzz", f + "'Z'" })];

    /// <summary>False with a message whose parameter is <c>from</c> or <c>to</c>, as <paramref name="edge"/> says.</summary>
    public static bool TryParse(string text, TimeEdge edge, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset time, out QueryMessage? message)
    {
        var trimmed = text.Trim();
        var read = trimmed.Length > LongestText ? new TimeReading("Q153", "is too long to be a time", "") : Read(trimmed, edge, now, zone);
        time = read.Time;
        if (read.Code.Length == 0 && (time < DateTimeOffset.UnixEpoch || time.Year > 9998))
        {
            read = new TimeReading("Q153", "is not between the years 1970 and 9998", "");
        }

        if (read.Code.Length == 0)
        {
            message = null;
            return true;
        }

        var parameter = edge == TimeEdge.From ? "from" : "to";
        var shown = trimmed.Length > LongestText ? trimmed[..LongestText] + "…" : trimmed;
        var fix = read.Fix.Length > 0 ? read.Fix : edge == TimeEdge.From ? TimeRange.DefaultFrom : TimeRange.DefaultTo;
        message = new QueryMessage(read.Code, parameter, 0, Math.Max(text.Length, 1), $"{parameter}: \"{shown}\" {read.Problem}; try {fix}", fix);
        return false;
    }

    private static TimeReading Read(string text, TimeEdge edge, DateTimeOffset now, TimeZoneInfo zone)
    {
        var lower = text.ToLowerInvariant();
        if (lower is "today" or "yesterday")
        {
            lower = lower == "today" ? "now/d" : "now-1d/d";
            return RelativeTime.Read(lower, edge, now, zone);
        }

        if (lower.StartsWith("now", StringComparison.Ordinal))
        {
            return RelativeTime.Read(string.Concat("now", text.AsSpan(3)), edge, now, zone);
        }

        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return Unix(text);
        }

        var stamp = CutFraction(text.ToUpperInvariant());
        if (DateTimeOffset.TryParseExact(stamp, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var absolute))
        {
            return new TimeReading(absolute.ToUniversalTime());
        }

        if (DateTime.TryParseExact(stamp, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return ZoneTime.Exact(local, edge, zone);
        }

        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.Year > 9998 ? new TimeReading("Q153", "is not between the years 1970 and 9998", "") : new TimeReading(ZoneTime.StartOf(edge == TimeEdge.From ? day : day.AddDays(1), zone));
        }

        return Unknown(text, now);
    }

    // Go prints nanoseconds.
    private static string CutFraction(string stamp)
    {
        var start = stamp.IndexOf('.', StringComparison.Ordinal) + 1;
        var end = start;
        while (end < stamp.Length && char.IsAsciiDigit(stamp[end]))
        {
            end++;
        }

        return start > 0 && end - start > FractionDigits ? stamp.Remove(start + FractionDigits, end - start - FractionDigits) : stamp;
    }

    private static TimeReading Unix(string digits)
    {
        var value = digits.Length <= MostMillisecondDigits ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;
        return digits.Length switch
        {
            >= LeastSecondDigits and <= MostSecondDigits => new TimeReading(DateTimeOffset.FromUnixTimeSeconds(value)),
            > MostSecondDigits and <= MostMillisecondDigits => new TimeReading(DateTimeOffset.FromUnixTimeMilliseconds(value)),
            _ => new TimeReading("Q153", "has neither the 9 to 11 digits of Unix seconds nor the 12 to 14 of milliseconds", ""),
        };
    }

    private static TimeReading Unknown(string text, DateTimeOffset now)
    {
        // "+" in a URL is a space: 2026-09-08T10:15:00+02:00 arrives as 2026-09-08T10:15:00 02:00.
        var space = text.LastIndexOf(' ');
        var plus = space > 0 ? string.Concat(text.AsSpan(0, space), "+", text.AsSpan(space + 1)) : "";
        if (DateTimeOffset.TryParseExact(plus, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return new TimeReading("Q153", "lost the \"+\" of its offset, which a URL writes as %2B", plus);
        }

        var relative = "now" + (text.StartsWith('-') || text.StartsWith('+') ? "" : "-") + text.Replace(" ", "", StringComparison.Ordinal);
        return RelativeTime.Read(relative, TimeEdge.From, now, TimeZoneInfo.Utc).Code.Length == 0
            ? new TimeReading("Q153", "has no \"now\" to be counted from", relative)
            : new TimeReading("Q153", "is no time: give now-15m, today, 2026-09-08T10:15, RFC 3339 or Unix seconds", "");
    }
}
