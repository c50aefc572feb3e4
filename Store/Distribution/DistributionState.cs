using Npgsql;

namespace KubeLens.Store.Distribution;

/// <summary>What Citus says of a database.</summary>
/// <param name="IsInstalled">Whether its functions are there.</param>
/// <param name="IsAvailable">Whether the server has it to be installed.</param>
/// <param name="Columns">Of the Store's tables those that are spread, each with the column.</param>
internal sealed record DistributionState(bool IsInstalled, bool IsAvailable, IReadOnlyDictionary<string, string> Columns)
{
    public static async Task<DistributionState> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("""
            select exists (select from pg_proc where proname = 'create_distributed_table') and to_regclass('pg_dist_partition') is not null,
                   exists (select from pg_available_extensions where name = 'citus')
            """, connection);
        bool isInstalled, isAvailable;
        await using (var row = await ask.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            (isInstalled, isAvailable) = (row.GetBoolean(0), row.GetBoolean(1));
        }

        return new DistributionState(isInstalled, isAvailable, isInstalled ? await ColumnsAsync(connection, cancellationToken) : new Dictionary<string, string>());
    }

    // Of a table that is not spread, a reference table for one, partkey is null.
    private static async Task<Dictionary<string, string>> ColumnsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("""
            select c.relname::text, coalesce(column_to_column_name(p.logicalrelid, p.partkey), '') from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
            where c.relnamespace = current_schema()::regnamespace and not c.relispartition
            """, connection);
        var columns = new Dictionary<string, string>();
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            columns[rows.GetString(0)] = rows.GetString(1);
        }

        return columns;
    }
}
