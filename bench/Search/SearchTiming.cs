namespace KubeLens.Bench.Search;

/// <summary>How long one question took to be answered, in milliseconds, sorted.</summary>
/// <param name="Name">Of the <see cref="SearchCase"/>.</param>
/// <param name="Hot">About calls that are rows.</param>
/// <param name="Sealed">About calls that are sealed.</param>
/// <param name="All">About all of them.</param>
/// <param name="WhileIngesting">The same, while calls are stored.</param>
internal sealed record SearchTiming(string Name, IReadOnlyList<double> Hot, IReadOnlyList<double> Sealed, IReadOnlyList<double> All, IReadOnlyList<double> WhileIngesting)
{
    /// <summary>Of sorted figures; NaN when there are none.</summary>
    public static double Percentile(IReadOnlyList<double> sorted, double part) => sorted.Count == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Count) - 1)];
}
