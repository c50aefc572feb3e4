namespace KubeLens.Contracts.Search;

/// <summary>What the bodies told of the object. Absent text is empty.</summary>
public sealed record ObjectItem
{
    public required string Uid { get; init; }

    /// <summary>Of the object or list in the answer: what it was after the call.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>The version that the request insisted on.</summary>
    public required string ResourceVersionBefore { get; init; }

    public required long? Generation { get; init; }

    /// <summary>Of the controlling owner, else of the first.</summary>
    public required string OwnerKind { get; init; }

    public required string OwnerName { get; init; }
}
