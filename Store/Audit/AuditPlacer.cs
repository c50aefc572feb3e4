using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Packing;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Audit;

/// <summary>Makes calls of events for which none came: <c>bypass</c>, or <c>conflict</c> where their audit-id is another call's. In one transaction.</summary>
internal sealed class AuditPlacer(NpgsqlDataSource database, DimResolver dims, PartitionCatalog partitions, PartitionPlan plan, DropDays days, RollupWriter rollups, StoreMetrics metrics, ILogger<AuditPlacer> logger)
{
    /// <param name="events">Each with the calls that have its audit-id and do not agree with it; none for a call that passed by.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<AuditPlacing> PlaceAsync(IReadOnlyList<(WaitingEvent Row, IReadOnlyList<Call> Contested)> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return default;
        }

        var mapped = events.ToDictionary(e => e.Row.Key, e => new CallMapper(AuditCall.Of(e.Row.Event), AuditCall.NoteOf(e.Row.Event, e.Contested.Count > 0)));
        var ids = await dims.ResolveAsync(mapped.Values.SelectMany(m => m.Keys).ToHashSet(), cancellationToken);
        var dropDay = days.Of("");
        await partitions.EnsureAsync(PartitionTable.Pack, [dropDay.ToDateTime(default, DateTimeKind.Utc)], cancellationToken);
        await partitions.EnsureAsync(PartitionTable.Call, mapped.Values.Select(m => m.Record.Time.UtcDateTime).Where(plan.Allows), cancellationToken);
        await rollups.EnsureAsync(mapped.Values.Select(m => m.Record.Time.UtcDateTime), cancellationToken);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var mine = await LockAsync(connection, await ReadyAsync(connection, events, cancellationToken), cancellationToken);
        var delivery = new Delivery(new DeliveryKey(CallCollector.RandomBatchId(), days.Today, "", "", events.Count));
        var writer = new PackWriter(delivery.Key.BatchId, 0);
        var rows = new List<(Guid Key, Call Row)>();
        foreach (var key in mine)
        {
            rows.Add((key, mapped[key].ToRow(delivery, rows.Count, writer.Add(mapped[key].ToStored(), dropDay), dropDay, ids)));
        }

        await CallCopy.WriteAsync(connection, writer.Finish(), cancellationToken);
        var closed = await ClosedHours.ReadAsync(connection, rows.Select(row => row.Row.At), cancellationToken);
        foreach (var table in rows.GroupBy(row => closed.TableOf(row.Row.At, partitions)))
        {
            await CallCopy.WriteAsync(connection, table.Key, [.. table.Select(row => row.Row)], cancellationToken);
        }

        await RememberAsync(connection, rows, cancellationToken);
        await ContestAsync(connection, [.. events.Where(e => mine.Contains(e.Row.Key)).SelectMany(e => e.Contested).DistinctBy(RowPosition.Of)], cancellationToken);
        await ArrivalWriter.WriteAsync(connection, [.. rows.Select(row => row.Row)], plan.Now, cancellationToken);
        await rollups.WriteAsync(connection, [.. rows.Select(row => RollupChange.Of(row.Row))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var conflicts = rows.Count(row => row.Row.Flags.HasFlag(CallFlags.Conflict));
        metrics.AuditPlaced(rows.Count - conflicts, conflicts);
        if (conflicts > 0)
        {
            logger.AuditConflicts(conflicts);
        }

        return new AuditPlacing(rows.Count - conflicts, conflicts);
    }

    private static async Task<List<Guid>> LockAsync(NpgsqlConnection connection, IEnumerable<Guid> keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select key from audit_pending where key = any($1) and placed_at is null order by key for update skip locked", connection)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] } },
        };
        var mine = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            mine.Add(reader.GetGuid(0));
        }

        return mine;
    }

    private static async Task RememberAsync(NpgsqlConnection connection, List<(Guid Key, Call Row)> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update audit_pending p set placed_at = k.at, placed_batch = k.batch_id, placed_ord = k.ord from unnest($1, $2, $3, $4) as k (key, at, batch_id, ord) where p.key = k.key", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.Key)] },
                AuditTable.Times(rows.Select(row => row.Row.At)),
                new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Row.BatchId)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. rows.Select(row => row.Row.Ord)] },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Those that wait for whoever seals a call with their audit-id are placed later.
    private static async Task<IEnumerable<Guid>> ReadyAsync(NpgsqlConnection connection, IReadOnlyList<(WaitingEvent Row, IReadOnlyList<Call> Contested)> events, CancellationToken cancellationToken)
    {
        var alterable = await AlterableCalls.ReadAsync(connection, [.. events.SelectMany(e => e.Contested)], cancellationToken);
        return events.Where(e => e.Contested.All(alterable.Has)).Select(e => e.Row.Key);
    }

    private static async Task ContestAsync(NpgsqlConnection connection, IReadOnlyList<Call> contested, CancellationToken cancellationToken)
    {
        foreach (var segment in contested.Where(call => call.Segment != 0).GroupBy(call => call.Segment))
        {
            await SegmentEdit.ChangeAsync(connection, segment.Key, segment.ToDictionary(RowPosition.Of, _ => (Func<Call, bool>)Flag), cancellationToken);
        }

        (DateTime, long, short)[] rows = [.. contested.Where(call => call.Segment == 0).Select(call => (call.At, call.BatchId, call.Ord))];
        foreach (var table in rows.Length > 0 ? CallTables.All : [])
        {
            await using var update = CallAddresses.Command(connection, FormattableString.Invariant($"update {table} c set flags = c.flags | {(int)CallFlags.Conflict} from {CallAddresses.Table} where {CallAddresses.Same} and c.flags & {(int)CallFlags.Conflict} = 0"), rows);
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        static bool Flag(Call call)
        {
            var flagged = call.Flags.HasFlag(CallFlags.Conflict);
            call.Flags |= CallFlags.Conflict;
            return !flagged;
        }
    }
}
