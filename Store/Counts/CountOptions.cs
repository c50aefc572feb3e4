namespace KubeLens.Store.Counts;

/// <summary>Section <c>Counts</c>.</summary>
internal sealed class CountOptions
{
    public const string Section = "Counts";

    /// <summary>How long the database may work on one histogram, or on one answer of facets. What is counted by then is the answer.</summary>
    public int BudgetMilliseconds { get; set; } = 2_000;

    /// <summary>Most calls that are looked at one by one for a count: the newest that the query finds.</summary>
    public int MaxCalls { get; set; } = 20_000;
}
