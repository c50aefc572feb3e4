using KubeLens.Store.Rollups;
using KubeLens.Store.Sealing.Columns;

namespace KubeLens.Store.Counts;

/// <summary>A column of <c>call</c> whose values are counted.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="MayBeNull">A row without a value counts as <see cref="ChunkColumns.None"/>.</param>
/// <param name="IsKind">Only the kind of the user is asked for: a rollup without users may give that, as <see cref="ChunkColumns.None"/> less it.</param>
internal sealed record CountColumn(string Name, bool MayBeNull = false, bool IsKind = false)
{
    public static readonly CountColumn
        Status = new("status"), Verb = new("verb_id"), Resource = new("resource_id"), Namespace = new("namespace_id"), User = new("user_id"),
        Cluster = new("cluster_id"), Gateway = new("gateway_id"), UserAgent = new("user_agent_id"), Options = new("options_id", MayBeNull: true), Kind = new("user_id", IsKind: true);

    public string Sql => MayBeNull ? FormattableString.Invariant($"coalesce({Name}, {ChunkColumns.None})::bigint") : $"{Name}::bigint";

    /// <summary>The kind that stands for a user; null for a user's id.</summary>
    public static UserKind? KindOf(long value) => value <= ChunkColumns.None ? (UserKind)(ChunkColumns.None - value) : null;

    /// <summary>In a rollup; null where it has it not.</summary>
    public string? Of(Rollup rollup) => rollup.Has(Name) ? Sql
        : IsKind && rollup.Has(Rollup.KindColumn) ? FormattableString.Invariant($"({ChunkColumns.None} - {Rollup.KindColumn})::bigint")
        : null;

    public long[] Of(SealedChunk chunk) => MayBeNull ? chunk.OptionalNumbers(Name) : chunk.Numbers(Name);
}
