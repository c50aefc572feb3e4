using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Rollups;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.InFlight;

/// <summary>The ends of calls that the Store may know as running; in the transaction that stores the ended calls.</summary>
internal static class OpenEnds
{
    private const string Ended = "unnest($1, $2, $3, $4, $5, $6) as k (boot, sequence, gateway_id, at, batch_id, ord)";

    /// <summary>
    /// Forgets the running ones, and remembers where the ended ones are: a late update finds them and changes nothing. Where one was
    /// written off as lost before, that row goes: the truth has come after all.
    /// </summary>
    /// <returns>Those that went.</returns>
    public static async Task<IReadOnlyList<RollupChange>> EndAsync(NpgsqlConnection connection, IReadOnlyList<(string Boot, Call Call)> ends, bool lost, DateTime now, CancellationToken cancellationToken)
    {
        if (ends.Count == 0)
        {
            return [];
        }

        await OpenKeys.LockAsync(connection, ends.Select(e => e.Boot), cancellationToken);
        var last = ends.GroupBy(e => (e.Boot, e.Call.Sequence, Gateway: e.Call.GatewayId)).ToDictionary(g => g.Key, g => g.Last().Call);
        var gone = lost ? [] : await TakeLostAsync(connection, last.Keys, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        if (!lost)
        {
            // What was written on the lost call is written on the one that has come.
            batch.BatchCommands.Add(OpenKeys.Command(
                $"update note n set call_at = k.at, call_batch = k.batch_id, call_ord = k.ord from call_ended e join {Ended} using (boot, sequence, gateway_id) where e.lost and (n.call_at, n.call_batch, n.call_ord) = (e.at, e.batch_id, e.ord)", last.Keys, Places(last.Values)));
        }

        batch.BatchCommands.Add(OpenKeys.Command(
            $"""
            insert into call_ended (boot, sequence, gateway_id, at, batch_id, ord, lost, ended_at)
            select boot, sequence, gateway_id, at, batch_id, ord, $7, $8 from {Ended}
            on conflict (boot, sequence, gateway_id) do update set at = excluded.at, batch_id = excluded.batch_id, ord = excluded.ord, lost = excluded.lost, ended_at = excluded.ended_at
            """,
            last.Keys,
            [.. Places(last.Values), new NpgsqlParameter<bool> { TypedValue = lost }, new NpgsqlParameter<DateTime> { TypedValue = now }]));
        batch.BatchCommands.Add(OpenKeys.Command($"delete from call_open o using {OpenKeys.Table} where (o.boot, o.sequence, o.gateway_id) = (k.boot, k.sequence, k.gateway_id)", last.Keys));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return gone;
    }

    // The lock is held, so nobody else changes what is known of these ends. Rows that are lost are few, and mostly none.
    private static async Task<IReadOnlyList<RollupChange>> TakeLostAsync(NpgsqlConnection connection, IReadOnlyCollection<(string, long, int)> keys, CancellationToken cancellationToken)
    {
        var rows = new List<(DateTime At, long BatchId, short Ord)>();
        await using (var ask = new NpgsqlBatch(connection) { BatchCommands = { OpenKeys.Command($"select e.at, e.batch_id, e.ord from call_ended e join {OpenKeys.Table} using (boot, sequence, gateway_id) where e.lost", keys) } })
        {
            await using var reader = await ask.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add((reader.GetDateTime(0), reader.GetInt64(1), reader.GetInt16(2)));
            }
        }

        var gone = new List<RollupChange>();
        foreach (var table in rows.Count > 0 ? CallTables.All : [])
        {
            await using var delete = CallAddresses.Command(connection, $"delete from {table} c using {CallAddresses.Table} where {CallAddresses.Same} returning {RollupChange.Columns}", rows);
            await using var reader = await delete.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                gone.Add(RollupChange.Gone(reader));
            }
        }

        return gone;
    }

    private static NpgsqlParameter[] Places(IReadOnlyCollection<Call> calls) =>
    [
        new() { Value = calls.Select(c => c.At).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
        new NpgsqlParameter<long[]> { TypedValue = [.. calls.Select(c => c.BatchId)] },
        new NpgsqlParameter<short[]> { TypedValue = [.. calls.Select(c => c.Ord)] },
    ];
}
