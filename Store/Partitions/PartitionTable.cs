using System.Globalization;

namespace KubeLens.Store.Partitions;

/// <summary>A table partitioned by time: how long a partition is and what it is called.</summary>
internal sealed record PartitionTable(string Name, string Key, TimeSpan Step, string Format)
{
    public static readonly PartitionTable Call = new("call", "at", TimeSpan.FromHours(1), "yyyyMMddHH");
    public static readonly PartitionTable Batch = new("ingest_batch", "day", TimeSpan.FromDays(1), "yyyyMMdd");
    public static readonly PartitionTable Pack = new("pack", "drop_day", TimeSpan.FromDays(1), "yyyyMMdd");

    /// <summary>Sealed calls, by the day of their hour. Made when there are some.</summary>
    public static readonly PartitionTable Chunk = new("call_chunk", "day", TimeSpan.FromDays(1), "yyyyMMdd");

    /// <summary>Their headers and bodies. Made when there are some.</summary>
    public static readonly PartitionTable BodyPack = new("body_pack", "drop_day", TimeSpan.FromDays(1), "yyyyMMdd");

    /// <summary>Counts of calls, by the day of these.</summary>
    public static readonly PartitionTable RollupResource = Rollup("rollup_resource"), RollupNamespace = Rollup("rollup_namespace"), RollupUser = Rollup("rollup_user");

    /// <summary>Those that are made ahead of time.</summary>
    public static readonly IReadOnlyList<PartitionTable> All = [Call, Batch, Pack, RollupResource, RollupNamespace, RollupUser];

    /// <summary>Start of the partition that holds <paramref name="time"/>.</summary>
    public DateTime StartOf(DateTime time) => new(time.Ticks - time.Ticks % Step.Ticks, DateTimeKind.Utc);

    public string PartitionName(DateTime start) => $"{Name}_{start.ToString(Format, CultureInfo.InvariantCulture)}";

    /// <summary>The start that a partition's name tells; null for any other table (the default one).</summary>
    public DateTime? ParseStart(string partition) =>
        partition.Length == Name.Length + 1 + Format.Length
        && DateTime.TryParseExact(partition.AsSpan(Name.Length + 1), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
            ? start
            : null;

    /// <summary>
    /// LIKE + CHECK + ATTACH: unlike <c>PARTITION OF</c> this never waits behind a running search, and the CHECK spares the scan.
    /// </summary>
    public string CreateSql(DateTime start)
    {
        var partition = PartitionName(start);
        var from = Literal(start);
        var to = Literal(start + Step);
        return $"""
            create table {partition} (like {Name} including defaults including storage);
            alter table {partition} add constraint bounds check ({Key} >= {from} and {Key} < {to});
            alter table {Name} attach partition {partition} for values from ({from}) to ({to});
            alter table {partition} drop constraint bounds;
            """;
    }

    private static PartitionTable Rollup(string name) => new(name, "at", TimeSpan.FromDays(1), "yyyyMMdd");

    private static string Literal(DateTime time) => string.Create(CultureInfo.InvariantCulture, $"'{time:yyyy-MM-dd HH:mm:ss}+00'");
}
