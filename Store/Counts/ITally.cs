namespace KubeLens.Store.Counts;

/// <summary>Takes calls, one or many alike at once, and keeps their counts.</summary>
internal interface ITally
{
    /// <summary>What it asks of each.</summary>
    IReadOnlyList<CountColumn> Columns { get; }

    /// <summary>It does not need to know when calls completed within a span of that length, which begins at whole multiples of it since 1970; zero where it does not need to know it at all.</summary>
    TimeSpan Width { get; }

    /// <param name="at">When they completed, or at least within which span.</param>
    /// <param name="values">Of <see cref="Columns"/>, in their order; only valid during the call.</param>
    /// <param name="calls">How many.</param>
    void Add(DateTime at, ReadOnlySpan<long> values, long calls);
}
