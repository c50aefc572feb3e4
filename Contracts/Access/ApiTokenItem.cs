namespace KubeLens.Contracts.Access;

/// <summary>A token for scripts, without its secret, which is nowhere. Times are UTC.</summary>
public sealed record ApiTokenItem
{
    /// <summary>Grows with every token.</summary>
    public required long Id { get; init; }

    /// <summary>What it is for; several may have the same.</summary>
    public required string Name { get; init; }

    /// <summary><c>viewer</c>, <c>auditor</c> or <c>admin</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The only cluster that it shows; null for all of them.</summary>
    public string? Cluster { get; init; }

    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To within ten minutes; null for a token that was never used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Null while it is not revoked.</summary>
    public required string? RevokedBy { get; init; }

    /// <inheritdoc cref="RevokedBy"/>
    public required DateTimeOffset? RevokedAt { get; init; }
}
