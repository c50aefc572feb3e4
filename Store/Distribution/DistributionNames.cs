namespace KubeLens.Store.Distribution;

/// <summary>What <c>Database:Distribution</c> may be.</summary>
internal static class DistributionNames
{
    public const string None = "none", Citus = "citus";

    public static readonly IReadOnlyList<string> All = [None, Citus];
}
