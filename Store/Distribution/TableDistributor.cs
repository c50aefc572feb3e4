using KubeLens.Store.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Distribution;

/// <summary>
/// Spreads the tables of <see cref="TablePlacements"/> after the migrations have made them. What is spread stays so: each is one statement, and
/// whoever is killed between two of them goes on at the next start. Rows that are there already go along. Partitions are spread with their table.
/// </summary>
internal sealed class TableDistributor(IOptions<DatabaseOptions> options, ILogger<TableDistributor> logger)
{
    private const string Key = $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Distribution)}";

    /// <param name="connection">On which nobody else migrates.</param>
    /// <param name="cancellationToken">Ends it between two tables, or the statement of one.</param>
    /// <exception cref="DistributionException">The database cannot be what the option says.</exception>
    public async Task DistributeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var state = await DistributionState.ReadAsync(connection, cancellationToken);
        if (Fault(options.Value.IsDistributed, state) is { } fault)
        {
            throw new DistributionException(fault);
        }

        if (!options.Value.IsDistributed)
        {
            return;
        }

        foreach (var table in TablePlacements.Distributed.Where(table => !state.Columns.ContainsKey(table.Table)))
        {
            // Rows take as long as they take.
            await using var distribute = new NpgsqlCommand($"select create_distributed_table('{table.Table}', '{table.Column}', colocate_with => '{table.With ?? "none"}')", connection) { CommandTimeout = 0 };
            try
            {
                await distribute.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedColumn)
            {
                throw new DistributionException($"{Key} is \"{DistributionNames.Citus}\", and Citus refuses to distribute the table {table.Table}: {e.MessageText}; what keeps it from that is not of the Store's migrations");
            }

            logger.TableDistributed(table.Table, table.Column!);
        }
    }

    /// <summary>What an operator is to do; null when the database is as the option says, or can be made so.</summary>
    public static string? Fault(bool isWanted, DistributionState state)
    {
        if (!isWanted)
        {
            return TablePlacements.Distributed.FirstOrDefault(table => state.Columns.ContainsKey(table.Table)) is { } spread
                ? $"{Key} is \"{DistributionNames.None}\", and the table {spread.Table} is distributed: set it to \"{DistributionNames.Citus}\", or take the tables back with undistribute_table"
                : null;
        }

        if (!state.IsInstalled)
        {
            return state.IsAvailable
                ? $"{Key} is \"{DistributionNames.Citus}\", and the extension citus is not in this database: run \"create extension citus\" in it on the coordinator and on every worker, or set {Key} to \"{DistributionNames.None}\""
                : $"{Key} is \"{DistributionNames.Citus}\", and the server of ConnectionStrings:Store has no Citus: install it, with shared_preload_libraries = 'citus', on the coordinator and on every worker, or set {Key} to \"{DistributionNames.None}\"";
        }

        return TablePlacements.All.Select(table => Misplaced(table, state.Columns)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Misplaced(TablePlacement table, IReadOnlyDictionary<string, string> columns) =>
        columns.TryGetValue(table.Table, out var column) && column != (table.Column ?? "")
            ? $"{Key} is \"{DistributionNames.Citus}\", and the table {table.Table} is distributed by \"{column}\" instead of {(table.Column is null ? "staying on the coordinator" : $"\"{table.Column}\"")}: take it back with select undistribute_table('{table.Table}')"
            : null;
}
