using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>Ages as kubectl's tables show them: the two largest units, and only where the second still matters.</summary>
internal static class HumanDuration
{
    public const string Unknown = "<unknown>";

    /// <param name="timestamp">RFC 3339; <c>&lt;unknown&gt;</c> when it is absent or none.</param>
    public static string Since(JsonNode? timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? Format(now - then) : Unknown;

    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        var years = days / 365;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => $"{seconds}s",
            _ when minutes < 10 => $"{minutes}m{Rest(seconds % 60, 's')}",
            _ when minutes < 180 => $"{minutes}m",
            _ when hours < 8 => $"{hours}h{Rest(minutes % 60, 'm')}",
            _ when hours < 48 => $"{hours}h",
            _ when days < 8 => $"{days}d{Rest(hours % 24, 'h')}",
            _ when years < 2 => $"{days}d",
            _ when years < 8 => $"{years}y{Rest(days % 365, 'd')}",
            _ => $"{years}y",
        };
    }

    private static string Rest(long count, char unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
}
