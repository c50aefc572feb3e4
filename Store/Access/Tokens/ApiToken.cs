using KubeLens.Contracts.Access;

namespace KubeLens.Store.Access.Tokens;

/// <summary>A token for scripts, as it is kept; of all clusters when it has none.</summary>
internal sealed record ApiToken(long Id, string Name, StoreRole Role, string? Cluster, string CreatedBy, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt, string? RevokedBy, DateTime? RevokedAt)
{
    /// <summary>For logs and records: names may repeat.</summary>
    public string Title => FormattableString.Invariant($"API token {Id} ({Name})");

    /// <summary>Why it opens nothing; null when it does.</summary>
    public string? WhyOver(DateTimeOffset now) =>
        RevokedAt is { } revoked ? FormattableString.Invariant($"The {Title} was revoked at {revoked:yyyy-MM-ddTHH:mm:ssZ}.")
        : ExpiresAt <= now ? FormattableString.Invariant($"The {Title} ended at {ExpiresAt:yyyy-MM-ddTHH:mm:ssZ}; make another one.")
        : null;

    public ApiTokenItem ToItem() => new()
    {
        Id = Id,
        Name = Name,
        Role = Role.Name(),
        Cluster = Cluster,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        LastUsedAt = LastUsedAt,
        RevokedBy = RevokedBy,
        RevokedAt = RevokedAt,
    };
}
