namespace KubeLens.Contracts.Query;

/// <summary>A value of <c>latency:</c>: a number and <c>us</c>, <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
public static class QueryDuration
{
    internal const string UnitNames = "us, ms, s, m, h or d";

    private static readonly (string, long)[] Units =
    [
        ("us", 1), ("µs", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
    ];

    /// <summary>Reads <c>500ms</c> or <c>1.5s</c> as whole microseconds.</summary>
    public static bool TryParse(string text, out long microseconds) => TryParse(text, out microseconds, out _, out _);

    internal static bool TryParse(string text, out long microseconds, out string number, out string unit) => QueryAmount.TryParse(text, Units, out microseconds, out number, out unit);

    internal static bool IsUnit(string unit) => Units.Any(u => u.Item1.Equals(unit, StringComparison.OrdinalIgnoreCase));
}
