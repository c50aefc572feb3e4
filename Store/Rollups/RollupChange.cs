using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Rollups;

/// <summary>Calls that came or went, by what rollups count them by.</summary>
/// <param name="Calls">Below zero for such as went.</param>
internal readonly record struct RollupChange(DateTime At, int ClusterId, int ResourceId, int VerbId, int NamespaceId, int UserId, short Status, long Calls)
{
    private const string Names = "at, cluster_id, resource_id, verb_id, namespace_id, user_id, status";

    /// <summary>Those of <c>call c</c> that <see cref="Read"/> reads, <see cref="Width"/> of them.</summary>
    public static readonly string Columns = string.Join(", ", Names.Split(", ").Select(name => $"c.{name}"));

    public static readonly int Width = Names.Split(", ").Length;

    /// <summary>One that is stored.</summary>
    public static RollupChange Of(Call call) => new(call.At, call.ClusterId, call.ResourceId, call.VerbId, call.NamespaceId, call.UserId, call.Status, 1);

    /// <summary>One that is stored, from its row of <see cref="Columns"/>.</summary>
    public static RollupChange Read(NpgsqlDataReader row) => new(row.GetDateTime(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt16(6), 1);

    /// <summary>One that was deleted, from its row of <see cref="Columns"/>.</summary>
    public static RollupChange Gone(NpgsqlDataReader row) => Read(row) with { Calls = -1 };
}
