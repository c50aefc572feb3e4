namespace KubeLens.Store.Search;

/// <summary>Section <c>Search</c>.</summary>
internal sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>How long the database may work on one page.</summary>
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>How long a page looks into bodies before it is answered with what was found by then, and goes on from there.</summary>
    public int BodyMilliseconds { get; set; } = 3_000;

    /// <summary>Most MiB of packs, decompressed, that a page looks into.</summary>
    public int BodyMegabytes { get; set; } = 512;
}
