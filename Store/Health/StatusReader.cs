using System.Reflection;
using KubeLens.Contracts.Health;
using KubeLens.Store.Database;
using KubeLens.Store.Distribution;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Sealing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Health;

/// <summary>Reads the parts one after the other, each with a connection and a few seconds of its own.</summary>
internal sealed class StatusReader(NpgsqlDataSource database, DatabaseState state, StageNotes notes, StoreMetrics metrics, IOptions<SealingOptions> sealing, IOptions<RetentionOptions> retention, IOptions<DatabaseOptions> placement, TimeProvider time, ILogger<StatusReader> logger)
{
    private const string Timeout = "3s";

    /// <summary>For a database that does not answer at all.</summary>
    private const int SilenceSeconds = 5;

    // An hour takes a while to seal, and others may be before it.
    private static readonly TimeSpan Behind = TimeSpan.FromHours(1);

    public async Task<StoreStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new StoreStatus(
            now,
            notes.StartedAt,
            typeof(StatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            await PartAsync(null, CallsAsync, _ => "", cancellationToken),
            await PartAsync(Stage.Ingest, IngestAsync, _ => "", cancellationToken),
            await PartAsync(null, (connection, cancel) => GatewayQuery.ReadAsync(connection, now.UtcDateTime, cancel), Silent, cancellationToken),
            await PartAsync(null, SpaceAsync, Full, cancellationToken),
            await PartAsync(Stage.Sealing, SealingAsync, sealing => sealing.OldestDue is { } due && now - due > Behind + TimeSpan.FromHours(1) + After ? $"{sealing.DueHours} hours wait to be sealed." : "", cancellationToken),
            await PartAsync(Stage.Retention, RetentionAsync, _ => "", cancellationToken),
            await PartAsync(Stage.Audit, AuditAsync, _ => "", cancellationToken));
    }

    private TimeSpan After => TimeSpan.FromMinutes(sealing.Value.AfterMinutes);

    private static string Silent(GatewaysStatus gateways) => gateways.Known.Where(gateway => gateway.Lives == false).Select(gateway => gateway.Name).ToList() is { Count: > 0 } silent
        ? $"Not heard of any more: {string.Join(", ", silent.Take(5))}{(silent.Count > 5 ? $" and {silent.Count - 5} more" : "")}."
        : "";

    private static string Full(SpaceStatus space) => space.Limit is { } limit && space.HotCalls + space.HotBodies + space.SealedCalls + space.SealedBodies + space.Ledger > limit
        ? "More than Retention:MaxBytes is taken."
        : "";

    private async Task<StatusPart<T>> PartAsync<T>(Stage? stage, Func<NpgsqlConnection, CancellationToken, Task<T>> read, Func<T, string> warning, CancellationToken cancellationToken)
        where T : class
    {
        var fault = stage is { } known ? notes.LastFault(known) : null;
        if (!state.IsMigrated)
        {
            return new StatusPart<T>(StatusHealth.Unknown, "The database is not ready yet.", fault, null);
        }

        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var limit = new NpgsqlCommand($"set local statement_timeout = '{Timeout}'", connection, transaction) { CommandTimeout = SilenceSeconds })
            {
                await limit.ExecuteNonQueryAsync(cancellationToken);
            }

            var value = await read(connection, cancellationToken);
            return stage is { } own && notes.IsFailing(own) ? new StatusPart<T>(StatusHealth.Failing, "It failed, and has not succeeded since.", fault, value)
                : warning(value) is { Length: > 0 } reason ? new StatusPart<T>(StatusHealth.Warning, reason, fault, value)
                : new StatusPart<T>(StatusHealth.Ok, "", fault, value);
        }
        catch (Exception e) when (e.IsDatabase() && !cancellationToken.IsCancellationRequested)
        {
            logger.StatusUnknown(typeof(T).Name, e.GetBaseException().Message);
            return new StatusPart<T>(StatusHealth.Unknown, e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } ? $"The database needs longer than {Timeout} to tell." : "The database does not answer.", fault, null);
        }
    }

    private static async Task<CallsStatus> CallsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // The oldest and the newest of each table by its index; of sealed hours the first, whose chunks are few.
        await using var row = await RowAsync(connection, """
            select least((select min(at) from call), (select min(at) from call_overflow),
                         (select min(ts_min) from call_chunk where seg_id in (select seg_id from segment where calls > 0 and hour = (select min(hour) from segment where calls > 0)))),
                   greatest((select max(at) from call), (select max(at) from call_overflow), (select max(ts_max) from call_chunk)),
                   (select count(*) from call_open)
            """, cancellationToken);
        return new CallsStatus(Time(row, 0), Time(row, 1), row.GetInt64(2));
    }

    private async Task<IngestStatus> IngestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var row = await RowAsync(connection, """
            select max(received_at), max(oldest) from (select received_at, oldest from ingest_batch where day >= $1 order by received_at desc limit 1) last
            """, cancellationToken, GatewayQuery.WeekAgo(time.GetUtcNow().UtcDateTime));
        var (last, oldest, totals) = (Time(row, 0), Time(row, 1), metrics.Totals);
        return new IngestStatus(last, last is { } came && oldest is { } ended ? Math.Max(0, (came - ended).TotalMilliseconds) : null, totals.Calls, totals.Batches, totals.Duplicates, totals.Rejected, totals.Refused);
    }

    private async Task<SpaceStatus> SpaceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        string Size(params IEnumerable<string> tables) => TableSizes.Sql(placement.Value, tables);

        await using var row = await RowAsync(connection, $"""
            select {TableSizes.DatabaseSql(placement.Value)}, {Size("call", CallTables.Overflow, "call_open")}, {Size("pack")}, {Size("call_chunk")}, {Size("body_pack")},
                   {Size(Rollups.Rollup.All.Select(rollup => rollup.Table.Name))}, {Size("ingest_batch")}
            """, cancellationToken);
        return new SpaceStatus(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), retention.Value.MaxBytes > 0 ? retention.Value.MaxBytes : null);
    }

    private async Task<SealingStatus> SealingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var leaves = await PartitionCatalog.ReadAsync(connection, PartitionTable.Call, cancellationToken);
        await using var row = await RowAsync(connection, $"""
            select coalesce(array_agg(distinct hour) filter (where state > {(short)SegmentState.Closed}), array[]::timestamptz[]), count(distinct hour) filter (where calls > 0 and state > {(short)SegmentState.Closed}), max(sealed_at) from segment
            """, cancellationToken);
        var closed = row.GetFieldValue<DateTime[]>(0).ToHashSet();
        var now = time.GetUtcNow().UtcDateTime;

        // Those of hours to come are made ahead.
        var open = leaves.Where(hour => hour <= now && !closed.Contains(hour)).ToList();
        var due = open.Where(hour => hour + PartitionTable.Call.Step <= now - After).ToList();
        return new SealingStatus(sealing.Value.Enabled, open.Count, (int)row.GetInt64(1), due.Count, due.Count > 0 ? due.Min() : null, Time(row, 2));
    }

    private Task<RetentionStatus> RetentionAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => Task.FromResult(new RetentionStatus(
        retention.Value.CallDays, retention.Value.BodyDays, retention.Value.Classes.ToDictionary(c => c.Key, c => c.Value.BodyDays, StringComparer.Ordinal), notes.LastDone(Stage.Retention)));

    private async Task<AuditEventsStatus> AuditAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var row = await RowAsync(connection, "select count(*), min(stage_at) from audit_pending where placed_at is null", cancellationToken);
        return new AuditEventsStatus(row.GetInt64(0), Time(row, 1));
    }

    private static async Task<NpgsqlDataReader> RowAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params IEnumerable<object> values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = SilenceSeconds };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader;
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
