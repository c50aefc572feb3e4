using System.Globalization;
using KubeLens.Contracts.Search;

namespace KubeLens.Portal.Search;

/// <summary>Figures in the words people use.</summary>
internal static class Show
{
    /// <summary>When a call of a result began.</summary>
    public static DateTimeOffset Started(CallItem call) => call.Time.AddMilliseconds(-Math.Clamp(call.LatencyMs, 0, (call.Time - DateTimeOffset.UnixEpoch).TotalMilliseconds));

    /// <summary><c>0.4 ms</c>, <c>12 ms</c>, <c>1.24 s</c>, <c>2 m 03 s</c>, <c>1 h 05 m</c>.</summary>
    public static string Latency(double milliseconds)
    {
        var seconds = milliseconds / 1000;
        return milliseconds switch
        {
            < 10 => Invariant($"{milliseconds:0.0} ms"),
            < 1000 => Invariant($"{milliseconds:0} ms"),
            < 60_000 => Invariant($"{seconds:0.00} s"),
            < 3_600_000 => Invariant($"{(int)seconds / 60} m {(int)seconds % 60:00} s"),
            _ => Invariant($"{(int)seconds / 3600} h {(int)seconds / 60 % 60:00} m"),
        };
    }

    /// <summary><c>30 s</c>, <c>5 min</c>, <c>2 h</c>, <c>7 days</c>: a width that is whole in one of them.</summary>
    public static string Span(int seconds) => seconds switch
    {
        _ when seconds % 86_400 == 0 => Count(seconds / 86_400, "day", "days"),
        _ when seconds % 3600 == 0 => Invariant($"{seconds / 3600} h"),
        _ when seconds % 60 == 0 => Invariant($"{seconds / 60} min"),
        _ => Invariant($"{seconds} s"),
    };

    /// <summary><c>812 B</c>, <c>4.0 KiB</c>, <c>1.2 MiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => Invariant($"{bytes} B"),
        < 1024 * 1024 => Invariant($"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => Invariant($"{bytes / 1048576.0:0.0} MiB"),
        _ => Invariant($"{bytes / 1073741824.0:0.0} GiB"),
    };

    public static string Count(long count, string one, string many) => Invariant($"{count:N0} {(count == 1 ? one : many)}");

    /// <summary><c>812</c>, <c>12k</c>, <c>1.2M</c>: where there is little room.</summary>
    public static string Short(long count) => count switch
    {
        < 1000 => Invariant($"{count}"),
        < 10_000 => Invariant($"{Math.Floor(count / 100.0) / 10:0.#}k"),
        < 1_000_000 => Invariant($"{count / 1000}k"),
        _ => Invariant($"{Math.Floor(count / 100_000.0) / 10:0.#}M"),
    };

    /// <summary><c>12.4/s</c>, <c>3.0/min</c>, <c>2.5/h</c>: in the shortest unit of time that has one of them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="over">In what time; nothing is told of none.</param>
    public static string Rate(long count, TimeSpan over)
    {
        var perSecond = over > TimeSpan.Zero ? count / over.TotalSeconds : 0;
        return perSecond switch
        {
            0 => "0/s",
            >= 1 => Invariant($"{perSecond:N1}/s"),
            >= 1 / 60.0 => Invariant($"{perSecond * 60:0.0}/min"),
            _ => Invariant($"{perSecond * 3600:0.0}/h"),
        };
    }

    /// <summary><c>12.4 %</c>, <c>&lt;0.1 %</c>, <c>0 %</c>.</summary>
    public static string Percent(long part, long whole) => (whole == 0 ? 0 : 100.0 * part / whole) switch
    {
        0 => "0 %",
        < 0.1 => "<0.1 %",
        var percent => Invariant($"{percent:0.#} %"),
    };

    /// <summary><c>2026-09-08</c> in the reader's zone.</summary>
    public static string Day(DateTimeOffset time, TimeZoneInfo zone) => Invariant($"{TimeZoneInfo.ConvertTime(time, zone):yyyy-MM-dd}");

    /// <summary><c>2026-09-08 10:15</c> in the reader's zone.</summary>
    public static string Minute(DateTimeOffset time, TimeZoneInfo zone) => Invariant($"{TimeZoneInfo.ConvertTime(time, zone):yyyy-MM-dd HH:mm}");

    /// <summary><c>10:15:00.123</c> in the reader's zone.</summary>
    public static string Clock(DateTimeOffset time, TimeZoneInfo zone) => Invariant($"{TimeZoneInfo.ConvertTime(time, zone):HH:mm:ss.fff}");

    /// <summary><c>UTC+05:45</c> at that moment.</summary>
    public static string Offset(DateTimeOffset time, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(time);
        return offset == TimeSpan.Zero ? "UTC" : Invariant($"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
