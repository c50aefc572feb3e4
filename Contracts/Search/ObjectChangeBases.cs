namespace KubeLens.Contracts.Search;

/// <summary>What the changes of a call rest on.</summary>
public static class ObjectChangeBases
{
    /// <summary>The states before and after are known, and nothing came between.</summary>
    public const string Exact = "exact";

    /// <summary>They are known, and something may have come between: some of the changes may be of others.</summary>
    public const string Inferred = "inferred";

    /// <summary>No state before is known, or none after.</summary>
    public const string None = "none";
}
