using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Ingest;
using KubeLens.Store.Notes;
using KubeLens.Store.Partitions;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing;
using Npgsql;

namespace KubeLens.Store.Purging;

/// <summary>Takes calls of one hour away, in the caller's transaction: rows, chunks, headers and bodies, waiting audit events, notes. The ledger remembers that they were stored.</summary>
internal sealed class PurgedCalls(NpgsqlConnection connection)
{
    public async Task RemoveAsync(IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        // In the order of ingest: the ledger's rows before the calls'.
        await MarkAsync(calls, cancellationToken);
        (DateTime, long, short)[] addresses = [.. calls.Select(call => (call.At, call.BatchId, call.Ord))];
        foreach (var sql in CallTables.All.Select(table => $"delete from {table} c using {CallAddresses.Table} where {CallAddresses.Same}")
            .Append($"delete from audit_pending p using {CallAddresses.Table} where p.placed_at between $4 and $5 and (p.placed_at, p.placed_batch, p.placed_ord) = (k.at, k.batch_id, k.ord)"))
        {
            // Of sealed ones as well: their rows stay beside them for a while.
            await using var delete = CallAddresses.Command(connection, sql, addresses);
            delete.CommandTimeout = 0;
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        await NoteTable.RemoveAsync(connection, addresses, cancellationToken);
        foreach (var segment in calls.Where(call => call.Segment != 0).GroupBy(call => call.Segment))
        {
            await SegmentEdit.RemoveAsync(connection, segment.Key, segment.Select(RowPosition.Of).ToHashSet(), cancellationToken);
        }

        await EmptyPacksAsync(calls, cancellationToken);
    }

    private async Task EmptyPacksAsync(IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        var packs = new PurgedPacks(connection);
        await packs.EmptyAsync([.. calls.Select(call => call.BatchId).Distinct()], cancellationToken);

        // One that was sealed before a hold took it left its headers and bodies in a pack of its segment; nobody knows which.
        if (calls.Any(call => HeldDays.IsHeld(call.DropDay)))
        {
            foreach (var segment in await SegmentsAsync(PartitionTable.Call.StartOf(calls[0].At), cancellationToken))
            {
                await packs.EmptyAsync(segment, _ => true, cancellationToken);
            }

            return;
        }

        foreach (var segment in calls.Where(call => call.Segment != 0).GroupBy(call => call.Segment))
        {
            var theirs = segment.Select(call => (call.DropDay, call.PackSeq)).ToHashSet();
            await packs.EmptyAsync(segment.Key, theirs.Contains, cancellationToken);
        }
    }

    private async Task<List<long>> SegmentsAsync(DateTime hour, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select seg_id from segment where hour = $1", connection) { Parameters = { new NpgsqlParameter<DateTime> { TypedValue = hour } } };
        var segments = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            segments.Add(reader.GetInt64(0));
        }

        return segments;
    }

    private async Task MarkAsync(IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        var batches = calls.ToLookup(call => call.BatchId);
        var rows = new List<(long BatchId, DateOnly Day, OrdinalSet Gone)>();
        await using (var command = new NpgsqlCommand("select batch_id, day, size, gone from ingest_batch where batch_id = any($1) order by batch_id, day for update", connection) { CommandTimeout = 0, Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. batches.Select(batch => batch.Key)] } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add((reader.GetInt64(0), reader.GetFieldValue<DateOnly>(1), reader.IsDBNull(3) ? OrdinalSet.Empty(reader.GetInt32(2)) : new OrdinalSet(reader.GetFieldValue<byte[]>(3))));
            }
        }

        foreach (var (batch, day, gone) in rows)
        {
            foreach (var call in batches[batch])
            {
                gone.Add(call.Ord);
            }

            await using var update = new NpgsqlCommand("update ingest_batch set gone = $3 where batch_id = $1 and day = $2", connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = batch }, new NpgsqlParameter<DateOnly> { TypedValue = day }, new NpgsqlParameter<byte[]> { TypedValue = gone.Bytes } },
            };
            await update.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
