namespace KubeLens.Contracts.Query;

/// <summary>A value of <c>reqsize:</c> or <c>respsize:</c>: a number and <c>B</c>, <c>KiB</c>, <c>MiB</c>, <c>GiB</c> (powers of 1024, also <c>Ki</c>…) or <c>KB</c>, <c>MB</c>, <c>GB</c> (powers of 1000).</summary>
public static class QuerySize
{
    internal const string UnitNames = "B, KiB, MiB, GiB, KB, MB or GB";

    private static readonly (string, long)[] Units =
    [
        ("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ];

    /// <summary>Reads <c>64KiB</c> as bytes.</summary>
    public static bool TryParse(string text, out long bytes) => TryParse(text, out bytes, out _, out _);

    internal static bool TryParse(string text, out long bytes, out string number, out string unit) => QueryAmount.TryParse(text, Units, out bytes, out number, out unit);

    internal static bool IsUnit(string unit) => Units.Any(u => u.Item1.Equals(unit, StringComparison.OrdinalIgnoreCase));
}
