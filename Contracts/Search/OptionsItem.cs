namespace KubeLens.Contracts.Search;

/// <summary>What a request asked for besides its object. Absent text is empty.</summary>
public sealed record OptionsItem
{
    public required string FieldManager { get; init; }

    /// <summary>Nothing was to be stored.</summary>
    public required bool DryRun { get; init; }

    /// <summary><c>json</c>, <c>merge</c>, <c>strategic</c> or <c>apply</c>.</summary>
    public required string PatchType { get; init; }

    public required string ResourceVersion { get; init; }

    /// <summary><c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public required string ResourceVersionMatch { get; init; }

    /// <summary>The most items of a page.</summary>
    public required long? Limit { get; init; }

    /// <summary>It asked for the page after another one.</summary>
    public required bool Continued { get; init; }

    /// <summary><c>Orphan</c>, <c>Background</c> or <c>Foreground</c>.</summary>
    public required string Propagation { get; init; }
}
