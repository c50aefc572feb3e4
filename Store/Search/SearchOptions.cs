namespace KubeLens.Store.Search;

/// <summary>Section <c>Search</c>.</summary>
internal sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>How long the database may work on one page.</summary>
    public int TimeoutSeconds { get; set; } = 10;
}
