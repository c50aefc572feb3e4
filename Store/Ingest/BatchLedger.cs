using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using Npgsql;

namespace KubeLens.Store.Ingest;

/// <summary>
/// Takes what is new of a delivery and marks it as stored, inside the caller's transaction. The batch's row stays locked
/// until that ends, so a second delivery of the same batch waits and then finds everything there.
/// </summary>
internal static class BatchLedger
{
    private const int Attempts = 3;

    public static async Task<BatchClaim> ClaimAsync(NpgsqlConnection connection, Delivery delivery, int gatewayId, DateTime now, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryInsertAsync(connection, delivery, gatewayId, now, cancellationToken))
            {
                return new BatchClaim(BatchOwner.Us, [.. delivery.Calls.Select(c => (c.Key, c.Value))], 0);
            }

            if (await TryMergeAsync(connection, delivery, gatewayId, cancellationToken) is { } claim)
            {
                return claim;
            }
        }

        throw new InvalidOperationException($"The ledger row of batch {delivery.Key.BatchId} comes and goes.");
    }

    private static async Task<bool> TryInsertAsync(NpgsqlConnection connection, Delivery delivery, int gatewayId, DateTime now, CancellationToken cancellationToken)
    {
        var stored = OrdinalSet.Empty(delivery.Key.Size);
        foreach (var ordinal in delivery.Calls.Keys)
        {
            stored.Add(ordinal);
        }

        await using var insert = new NpgsqlCommand("""
            insert into ingest_batch (batch_id, day, gateway_id, boot, size, stored, received_at, oldest)
            select $1, $2, $3, $4, $5, $6, $7, $8 where not exists (select from ingest_batch where batch_id = $1 and day <> $2)
            on conflict do nothing
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = delivery.Key.BatchId },
                new NpgsqlParameter<DateOnly> { TypedValue = delivery.Key.Day },
                new NpgsqlParameter<int> { TypedValue = gatewayId },
                new NpgsqlParameter<string> { TypedValue = Boot(delivery) },
                new NpgsqlParameter<int> { TypedValue = delivery.Key.Size },
                new NpgsqlParameter<byte[]> { TypedValue = stored.Bytes },
                new NpgsqlParameter<DateTime> { TypedValue = now },
                new NpgsqlParameter<DateTime> { TypedValue = delivery.Calls.Values.Min(call => call.Time).UtcDateTime },
            },
        };
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Null when the row is gone since: retention dropped it.</summary>
    private static async Task<BatchClaim?> TryMergeAsync(NpgsqlConnection connection, Delivery delivery, int gatewayId, CancellationToken cancellationToken)
    {
        OrdinalSet stored;
        await using (var select = new NpgsqlCommand("select gateway_id, boot, size, stored, day from ingest_batch where batch_id = $1 for update", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = delivery.Key.BatchId } },
        })
        {
            await using var row = await select.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken))
            {
                return null;
            }

            // One id is one batch: packs and call ids are made of it.
            if (row.GetInt32(0) != gatewayId || row.GetString(1) != Boot(delivery) || row.GetInt32(2) != delivery.Key.Size || row.GetFieldValue<DateOnly>(4) != delivery.Key.Day)
            {
                return new BatchClaim(BatchOwner.Other, [], 0);
            }

            stored = new OrdinalSet(row.GetFieldValue<byte[]>(3));
        }

        // A part brings at most one pack a call, so the number of calls before it is a free sequence number.
        var firstPack = (short)stored.Count;
        var fresh = new List<(int Ordinal, CallRecord Call)>();
        foreach (var (ordinal, call) in delivery.Calls)
        {
            if (!stored.Contains(ordinal))
            {
                stored.Add(ordinal);
                fresh.Add((ordinal, call));
            }
        }

        if (fresh.Count > 0)
        {
            await using var update = new NpgsqlCommand("update ingest_batch set stored = $3, oldest = case when oldest is not null then least(oldest, $4) end where batch_id = $1 and day = $2", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = delivery.Key.BatchId },
                    new NpgsqlParameter<DateOnly> { TypedValue = delivery.Key.Day },
                    new NpgsqlParameter<byte[]> { TypedValue = stored.Bytes },
                    new NpgsqlParameter<DateTime> { TypedValue = fresh.Min(one => one.Call.Time).UtcDateTime },
                },
            };
            await update.ExecuteNonQueryAsync(cancellationToken);
        }

        return new BatchClaim(BatchOwner.Us, fresh, firstPack);
    }

    private static string Boot(Delivery delivery) => StoredText.Fit(delivery.Key.Boot, StoredText.IndexedBytes);
}
