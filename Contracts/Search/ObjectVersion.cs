namespace KubeLens.Contracts.Search;

/// <summary>What one call did to an object, or how it saw it. Absent text is empty.</summary>
public sealed record ObjectVersion
{
    /// <summary>Of the call: its id in the store.</summary>
    public required string CallId { get; init; }

    /// <summary>When the call completed, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whom the apiserver saw.</summary>
    public required string User { get; init; }

    public required string UserAgent { get; init; }
    public required string Verb { get; init; }
    public required string Subresource { get; init; }

    /// <summary>Null when no response began.</summary>
    public required int? Status { get; init; }

    /// <summary>One of <see cref="ObjectVersionKinds"/>.</summary>
    public required string Kind { get; init; }

    public required string Uid { get; init; }

    /// <summary>Of the object after the call.</summary>
    public required string ResourceVersion { get; init; }

    public required long? Generation { get; init; }

    /// <summary>Whether the object as the call left it, or saw it, can be read.</summary>
    public required bool HasState { get; init; }

    /// <summary>One of <see cref="ObjectChangeBases"/>: what <see cref="Changes"/> rests on.</summary>
    public required string Basis { get; init; }

    /// <summary>The first 50, ordered by path; without <c>metadata.managedFields</c>, <c>resourceVersion</c> and <c>generation</c>.</summary>
    public required IReadOnlyList<ObjectChange> Changes { get; init; }

    /// <summary>All of them.</summary>
    public required int ChangeCount { get; init; }

    /// <summary>Whether the object may have been changed between the next older version with a state and this one, by what the gateway did not see.</summary>
    public required bool GapBefore { get; init; }

    /// <summary>Whether the next older version is of an object of the same name with another uid.</summary>
    public required bool IsOtherObject { get; init; }

    /// <summary>Whether <see cref="Changes"/>, or the states, are left out because the reader's role does not see them. The changes are counted all the same.</summary>
    public bool IsWithheld { get; init; }
}
