using System.Globalization;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Packing;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Rollups;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.InFlight;

/// <summary>
/// Writes off calls whose gateway is lost: they become ended calls once nothing better will come. That is when calls of a later start of that
/// gateway were stored, because it delivers the old spool first, or a day after its lease ended.
/// </summary>
internal sealed class OpenCloser(NpgsqlDataSource database, PartitionCatalog partitions, PartitionPlan plan, DropDays days, RollupWriter rollups, StoreMetrics metrics, ILogger<OpenCloser> logger)
{
    /// <summary>How long ends are remembered, and lost calls waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private const int MostAtOnce = 1_000;

    private static readonly string Lost = string.Create(CultureInfo.InvariantCulture, $"lease_at + lease_ms * {OpenTable.LeaseIntervals} * interval '1 millisecond' < $1");

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var (gateway, boot) in await DueAsync(cancellationToken))
        {
            while (await CloseSomeAsync(gateway, boot, cancellationToken) == MostAtOnce)
            {
                // the next ones
            }
        }
    }

    /// <summary>Forgets ends that no late update can follow any more, and gateways that have had their successor for as long.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            with old as (delete from call_ended where ended_at < $1)
            delete from gateway_boot b
            where greatest(b.seen_at, b.lease_at) < $1
              and exists (select from gateway_boot n where n.gateway_id = b.gateway_id and n.seen_at > b.seen_at)
              and not exists (select from call_open c where c.gateway_id = b.gateway_id and c.boot = b.boot)
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = plan.Now - Patience });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<(int Gateway, string Boot)>> DueAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select b.gateway_id, b.boot from gateway_boot b
            where {Lost}
              and (lease_at < $2 or exists (select from gateway_boot n where n.gateway_id = b.gateway_id and n.seen_at > b.seen_at and n.has_calls))
              and exists (select from call_open c where c.gateway_id = b.gateway_id and c.boot = b.boot)
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = plan.Now });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = plan.Now - Patience });
        var due = new List<(int, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add((reader.GetInt32(0), reader.GetString(1)));
        }

        return due;
    }

    private async Task<int> CloseSomeAsync(int gateway, string boot, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Whoever has the lock first closes; another Store then finds nothing, and so does the end that comes now.
        await OpenKeys.LockAsync(connection, [boot], cancellationToken);
        var batchId = CallCollector.RandomBatchId();
        var rows = await ReadAsync(connection, gateway, boot, cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        var writer = new PackWriter(batchId, 0);
        var places = rows.Select((row, i) => (row.Sequence, Ord: (short)i, Pack: writer.Add(row.Stored, row.DropDay), row.DropDay)).ToList();
        await partitions.EnsureAsync(PartitionTable.Pack, rows.Select(row => row.DropDay.ToDateTime(default, DateTimeKind.Utc)), cancellationToken);
        await partitions.EnsureAsync(PartitionTable.Call, rows.Select(row => row.At).Where(plan.Allows), cancellationToken);
        await rollups.EnsureAsync(rows.Select(row => row.At), cancellationToken);
        await CallCopy.WriteAsync(connection, writer.Finish(), cancellationToken);
        var closed = await ClosedHours.ReadAsync(connection, rows.Select(row => row.At), cancellationToken);
        var calls = new List<(string Boot, Call Call)>();
        foreach (var table in rows.GroupBy(row => closed.TableOf(row.At, partitions)))
        {
            var sequences = table.Select(row => row.Sequence).ToHashSet();
            calls.AddRange((await InsertAsync(connection, table.Key, gateway, boot, batchId, [.. places.Where(p => sequences.Contains(p.Sequence))], cancellationToken)).Select(call => (boot, call)));
        }

        await OpenEnds.EndAsync(connection, calls, lost: true, plan.Now, cancellationToken);
        await ArrivalWriter.WriteAsync(connection, [.. calls.Select(call => call.Call)], plan.Now, cancellationToken);
        await rollups.WriteAsync(connection, [.. calls.Select(call => RollupChange.Of(call.Call))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.GatewayLost(calls.Count);
        logger.CallsLost(calls.Count, boot);
        return calls.Count;
    }

    // The lease is looked at again: a gateway that was only slow has spoken since.
    private async Task<List<(long Sequence, DateTime At, DateOnly DropDay, StoredCall Stored)>> ReadAsync(NpgsqlConnection connection, int gateway, string boot, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            select c.sequence, greatest(c.started_at, b.lease_at), c.drop_day, c.request_bytes, c.response_bytes, c.raw_length, c.record
            from call_open c join gateway_boot b using (gateway_id, boot) where {Lost} and c.gateway_id = $2 and c.boot = $3 order by c.sequence limit {MostAtOnce}
            """, connection)
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = plan.Now }, new NpgsqlParameter<int> { TypedValue = gateway }, new NpgsqlParameter<string> { TypedValue = boot } },
        };
        var rows = new List<(long, DateTime, DateOnly, StoredCall)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var stored = StoredCall.Parser.ParseFrom(PackCodec.Decompress(PackCodec.Brotli, reader.GetFieldValue<byte[]>(6), reader.GetInt32(5)));
            stored.RequestBody = reader.GetInt64(3) > 0 ? new StoredBody { Note = (int)CallBodyNote.Lost } : null;
            stored.ResponseBody = reader.GetInt64(4) > 0 ? new StoredBody { Note = (int)CallBodyNote.Lost } : null;
            var dropDay = reader.GetFieldValue<DateOnly>(2);
            rows.Add((reader.GetInt64(0), reader.GetDateTime(1), dropDay > days.Today ? dropDay : days.Of(""), stored));
        }

        return rows;
    }

    private static async Task<List<Call>> InsertAsync(
        NpgsqlConnection connection, string table, int gateway, string boot, long batchId, List<(long Sequence, short Ord, (short Seq, short Ord) Pack, DateOnly DropDay)> places, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            insert into {table} ({CallColumns.All})
            select {OpenTable.LostColumns}
            from (select c.*, b.lease_at, false as running, null::timestamptz as now from call_open c join gateway_boot b using (gateway_id, boot) where c.gateway_id = $1 and c.boot = $2) o
            join (select $3::bigint as batch_id, * from unnest($4, $5, $6, $7, $8) as p (sequence, ord, pack_seq, pack_ord, drop_day)) k on k.sequence = o.sequence
            returning {CallColumns.All}
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = gateway },
                new NpgsqlParameter<string> { TypedValue = boot },
                new NpgsqlParameter<long> { TypedValue = batchId },
                new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.Sequence)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. places.Select(p => p.Ord)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. places.Select(p => p.Pack.Seq)] },
                new NpgsqlParameter<short[]> { TypedValue = [.. places.Select(p => p.Pack.Ord)] },
                new NpgsqlParameter<DateOnly[]> { TypedValue = [.. places.Select(p => p.DropDay)] },
            },
        });
        var calls = new List<Call>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            calls.Add(CallColumns.Read(reader));
        }

        return calls;
    }
}
