using System.Globalization;

namespace KubeLens.Gateway.Connect;

/// <summary>How long an issued certificate counts, as people write it: <c>30m</c>, <c>8h</c>, <c>7d</c>.</summary>
internal static class TimeToLive
{
    public const string Shape = "a number with m, h or d, as 30m, 8h or 7d";

    public static TimeSpan? Parse(string text)
    {
        var unit = text is [.., var last] ? last switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        } : TimeSpan.Zero;
        return unit > TimeSpan.Zero && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000
            ? count * unit
            : null;
    }
}
