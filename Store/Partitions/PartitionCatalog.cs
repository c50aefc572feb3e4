using System.Collections.Concurrent;
using Npgsql;

namespace KubeLens.Store.Partitions;

/// <summary>Knows which partitions there are, and makes those that are wanted. Safe with several Stores on one database.</summary>
internal sealed class PartitionCatalog(NpgsqlDataSource database, TimeProvider time, StoreMetrics metrics, ILogger<PartitionCatalog> logger)
{
    /// <summary>Stores that make partitions take turns. Any number that nobody else uses in this database.</summary>
    private const long AdvisoryLock = 0x6b756265_70617274;

    /// <summary>So do those that drop some.</summary>
    public const long DropLock = 0x6b756265_64726f70;

    private const string LockTimeout = "2s";
    private const string DropTimeout = "50ms";
    private const int DropAttempts = 5;
    private static readonly TimeSpan PauseBetweenDrops = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Table, DateTime Start), bool> _known = new();
    private readonly ConcurrentDictionary<(string Table, DateTime Start), DateTimeOffset> _failed = new();

    public bool Has(PartitionTable table, DateTime at) => _known.ContainsKey((table.Name, table.StartOf(at)));

    /// <summary>Makes what is missing. A partition that cannot be made is logged and counted; its rows overflow.</summary>
    public async Task EnsureAsync(PartitionTable table, IEnumerable<DateTime> times, CancellationToken cancellationToken)
    {
        var missing = times.Select(table.StartOf).Distinct().Where(start => !_known.ContainsKey((table.Name, start)) && !FailedRecently(table, start)).Order().ToList();
        if (missing.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await RefreshAsync(connection, table, cancellationToken);
        foreach (var start in missing.Where(start => !_known.ContainsKey((table.Name, start))))
        {
            await CreateAsync(connection, table, start, cancellationToken);
        }
    }

    /// <summary>The starts of those that there are, and not only of those that this Store has seen.</summary>
    public async Task<IReadOnlyList<DateTime>> ListAsync(PartitionTable table, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, table, cancellationToken);
    }

    /// <summary>
    /// Drops one with all that is in it. It waits for others for a moment only, a few times: whoever comes after a waiting DROP waits, too.
    /// </summary>
    /// <param name="table">Whose partition.</param>
    /// <param name="start">Of the partition.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="unless">A query for a boolean, asked while nobody can write to it: where it is true, nothing is dropped.</param>
    /// <param name="then">Done in the same transaction.</param>
    /// <returns>Whether it is gone; if not, somebody is reading it, or dropping another.</returns>
    public async Task<bool> TryDropAsync(PartitionTable table, DateTime start, CancellationToken cancellationToken, string? unless = null, string? then = null)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var attempt = 0; attempt < DropAttempts; attempt++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using var turn = new NpgsqlCommand($"set local lock_timeout = '{DropTimeout}'; select pg_advisory_xact_lock({DropLock})", connection, transaction);
                await turn.ExecuteNonQueryAsync(cancellationToken);
                if (unless is not null && await AskLockedAsync(connection, table.PartitionName(start), unless, cancellationToken))
                {
                    return false;
                }

                await using var drop = new NpgsqlCommand($"drop table if exists {table.PartitionName(start)}; {then}", connection, transaction);
                await drop.ExecuteNonQueryAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                _known.TryRemove((table.Name, start), out _);
                return true;
            }
            catch (PostgresException e) when (unless is not null && e.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                // Another Store was faster.
                _known.TryRemove((table.Name, start), out _);
                return true;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(PauseBetweenDrops, time, cancellationToken);
            }
        }

        return false;
    }

    /// <summary>Forgets everything: another Store, or retention, took a partition away.</summary>
    public void Forget() => _known.Clear();

    private static async Task<bool> AskLockedAsync(NpgsqlConnection connection, string partition, string query, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"lock table {partition} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = query;
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private bool FailedRecently(PartitionTable table, DateTime start) => _failed.TryGetValue((table.Name, start), out var at) && time.GetUtcNow() - at < PauseAfterFailure;

    private async Task CreateAsync(NpgsqlConnection connection, PartitionTable table, DateTime start, CancellationToken cancellationToken)
    {
        var name = table.PartitionName(start);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var turn = new NpgsqlCommand($"set local lock_timeout = '{LockTimeout}'; select pg_advisory_xact_lock({AdvisoryLock}); select exists (select from pg_inherits where inhrelid = to_regclass('{name}') and inhparent = '{table.Name}'::regclass)", connection, transaction))
            {
                await using var reader = await turn.ExecuteReaderAsync(cancellationToken);
                await reader.NextResultAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                if (reader.GetBoolean(0))
                {
                    _known[(table.Name, start)] = true;
                    return;
                }
            }

            await using (var create = new NpgsqlCommand(table.CreateSql(start), connection, transaction))
            {
                await create.ExecuteNonQueryAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            _known[(table.Name, start)] = true;
            metrics.PartitionCreated(table.Name);
            logger.PartitionCreated(name);
        }
        catch (PostgresException e)
        {
            _failed[(table.Name, start)] = time.GetUtcNow();
            metrics.PartitionFailed(table.Name);
            logger.PartitionFailed(name, e.MessageText);
        }
    }

    private async Task RefreshAsync(NpgsqlConnection connection, PartitionTable table, CancellationToken cancellationToken)
    {
        foreach (var start in await ReadAsync(connection, table, cancellationToken))
        {
            _known[(table.Name, start)] = true;
        }
    }

    /// <inheritdoc cref="ListAsync"/>
    public static async Task<IReadOnlyList<DateTime>> ReadAsync(NpgsqlConnection connection, PartitionTable table, CancellationToken cancellationToken)
    {
        var starts = new List<DateTime>();
        await using var command = new NpgsqlCommand("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass", connection)
        {
            Parameters = { new() { Value = table.Name } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (table.ParseStart(reader.GetString(0)) is { } start)
            {
                starts.Add(start);
            }
        }

        return starts;
    }
}
