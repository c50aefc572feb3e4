using System.Globalization;

namespace KubeLens.Portal.Search;

/// <summary>A time range that moves with the clock.</summary>
internal sealed record QuickRange(string From, string Label)
{
    public static IReadOnlyList<QuickRange> All { get; } =
    [
        new("now-15m", "Last 15 minutes"),
        new("now-1h", "Last hour"),
        new("now-6h", "Last 6 hours"),
        new("now-24h", "Last 24 hours"),
        new("now-7d", "Last 7 days"),
    ];

    /// <summary>The range's words, or its two ends when it is none of these; shorter where these are moments in UTC: <c>2026-11-28 09:20 → 09:30 UTC</c>.</summary>
    public static string LabelOf(string from, string to)
        => to == SearchUrl.DefaultTo && All.FirstOrDefault(range => range.From == from) is { } known ? known.Label
            : SearchUrl.StampOf(from) is { } start && SearchUrl.StampOf(to) is { } end ? $"{Moment(start)} → {(start.Date == end.Date ? Clock(end) : Moment(end))} UTC"
            : $"{from} → {to}";

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture) + Clock(time);

    private static string Clock(DateTimeOffset time) => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>True when "the last 24 hours" shows more than this range.</summary>
    public static bool IsWithinDay(string from, string to) => to == SearchUrl.DefaultTo && from is "now-15m" or "now-1h" or "now-6h";
}
