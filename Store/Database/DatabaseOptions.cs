using KubeLens.Store.Distribution;

namespace KubeLens.Store.Database;

/// <summary>Section <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>none</c>: every table lies on the server of <c>ConnectionStrings:Store</c>. <c>citus</c>: that is the coordinator of a Citus cluster, over whose workers the large tables are spread.</summary>
    public string Distribution { get; set; } = DistributionNames.None;

    public bool IsDistributed => Distribution == DistributionNames.Citus;
}
