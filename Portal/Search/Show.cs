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

    /// <summary><c>812 B</c>, <c>4.0 KiB</c>, <c>1.2 MiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => Invariant($"{bytes} B"),
        < 1024 * 1024 => Invariant($"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => Invariant($"{bytes / 1048576.0:0.0} MiB"),
        _ => Invariant($"{bytes / 1073741824.0:0.0} GiB"),
    };

    public static string Count(long count, string one, string many) => Invariant($"{count:N0} {(count == 1 ? one : many)}");

    /// <summary><c>2026-09-08</c> in the reader's zone.</summary>
    public static string Day(DateTimeOffset time, TimeZoneInfo zone) => Invariant($"{TimeZoneInfo.ConvertTime(time, zone):yyyy-MM-dd}");

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
