using System.Collections.Immutable;
using KubeLens.Store.Partitions;

namespace KubeLens.Store.Rollups;

/// <summary>A table of counts.</summary>
/// <param name="Table">Partitioned by day; besides <paramref name="Columns"/> it has <c>at</c>, <c>shard</c> and <c>calls</c>.</param>
/// <param name="Grain">Each <c>at</c> is a whole multiple of it, and stands for the calls from then on until the next.</param>
/// <param name="Columns">As in <c>call</c>, but for <c>kind</c>; with their types.</param>
/// <param name="Values">Of a change and the kind of its user, in the order of <paramref name="Columns"/>.</param>
internal sealed record Rollup(PartitionTable Table, TimeSpan Grain, ImmutableArray<(string Name, string Type)> Columns, Func<RollupChange, UserKind, RollupKey> Values)
{
    private static readonly (string, string) Cluster = ("cluster_id", "integer"), Status = ("status", "smallint"), Kind = (KindColumn, "smallint");

    public const string KindColumn = "kind";

    /// <summary>Those that say more first.</summary>
    public static readonly IReadOnlyList<Rollup> All =
    [
        new(PartitionTable.RollupResource, TimeSpan.FromMinutes(1), [Cluster, ("resource_id", "integer"), ("verb_id", "integer"), Status, Kind], (c, kind) => new(c.ClusterId, c.ResourceId, c.VerbId, c.Status, (int)kind)),
        new(PartitionTable.RollupNamespace, TimeSpan.FromMinutes(5), [Cluster, ("namespace_id", "integer"), Status, Kind], (c, kind) => new(c.ClusterId, c.NamespaceId, c.Status, (int)kind, 0)),
        new(PartitionTable.RollupUser, TimeSpan.FromMinutes(5), [Cluster, ("user_id", "integer"), Status], (c, _) => new(c.ClusterId, c.UserId, c.Status, 0, 0)),
    ];

    public bool Has(string column) => Columns.Any(own => own.Name == column);
}

/// <summary>The values of the columns of a rollup; 0 for those that it has not.</summary>
internal readonly record struct RollupKey(int A, int B, int C, int D, int E)
{
    public int this[int place] => place switch
    {
        0 => A,
        1 => B,
        2 => C,
        3 => D,
        _ => E,
    };
}
