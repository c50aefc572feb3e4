using KubeLens.Store.Database;

namespace KubeLens.Store.Distribution;

/// <summary>SQL for what tables take, with indexes and partitions. Of a distributed one the coordinator has only the empty shell, and asks the workers.</summary>
internal static class TableSizes
{
    public static string Sql(DatabaseOptions options, params IEnumerable<string> tables)
    {
        var spread = options.IsDistributed ? TablePlacements.Distributed.Select(table => table.Table).ToHashSet() : [];
        var here = tables.Where(table => !spread.Contains(table)).ToList();
        IEnumerable<string> terms = here.Count == 0 ? [] : [$"(select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint from unnest(array[{string.Join(", ", here.Select(table => $"'{table}'"))}]::regclass[]) parent, lateral (select relid from pg_partition_tree(parent) union select parent) tree)"];
        return string.Join(" + ", terms.Concat(tables.Where(spread.Contains).Select(table => $"citus_total_relation_size('{table}')")));
    }

    /// <summary>What the whole database takes.</summary>
    public static string DatabaseSql(DatabaseOptions options) =>
        options.IsDistributed ? $"pg_database_size(current_database()) + {Sql(options, TablePlacements.Distributed.Select(table => table.Table))}" : "pg_database_size(current_database())";
}
