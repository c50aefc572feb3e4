using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Packing;
using KubeLens.Store.Retention;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.InFlight;

/// <summary>
/// Keeps what gateways tell of calls in flight:
/// <code>
/// 1 dictionary ids (own transaction) → 2 begin, lock the boots → 3 leases → 4 forget older states
///   → 5 who has ended, or is known as of later → 6 COPY the others → 7 commit
/// </code>
/// </summary>
internal sealed class OpenWriter(NpgsqlDataSource database, DimResolver dims, DropDays days, TimeProvider time)
{
    public async Task StoreAsync(OpenDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.IsEmpty)
        {
            return;
        }

        // 1
        var mapped = delivery.Calls.Select(call => new CallMapper(call)).ToList();
        var gateways = delivery.Leases.Select(lease => new DimKey(DimKind.Gateway, lease.Gateway));
        var ids = await dims.ResolveAsync(mapped.SelectMany(m => m.Keys).Concat(gateways).ToHashSet(), cancellationToken);

        // 2
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await OpenKeys.LockAsync(connection, delivery.Calls.Select(call => call.Boot).Concat(delivery.Leases.Select(lease => lease.Boot)), cancellationToken);

        // 3
        await using (var leases = new NpgsqlBatch(connection, transaction))
        {
            foreach (var lease in delivery.Leases)
            {
                leases.BatchCommands.Add(GatewayBoots.Lease(ids[new DimKey(DimKind.Gateway, lease.Gateway)], lease, time.GetUtcNow().UtcDateTime));
            }

            if (delivery.Leases.Count > 0)
            {
                await leases.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        if (mapped.Count > 0)
        {
            await ReplaceAsync(connection, mapped, ids, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task ReplaceAsync(NpgsqlConnection connection, List<CallMapper> mapped, IReadOnlyDictionary<DimKey, int> ids, CancellationToken cancellationToken)
    {
        // 4, 5
        var keys = mapped.Select(m => (m.Record.Boot, m.Record.Sequence, Gateway: ids[m.Gateway])).ToList();
        var taken = new HashSet<(string, long, int)>();
        var times = new NpgsqlParameter<DateTime[]> { TypedValue = [.. mapped.Select(m => m.Record.Time.UtcDateTime)] };
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(OpenKeys.Command(
                "delete from call_open o using unnest($1, $2, $3, $4) as k (boot, sequence, gateway_id, at) where (o.boot, o.sequence, o.gateway_id) = (k.boot, k.sequence, k.gateway_id) and o.at <= k.at", keys, times));
            batch.BatchCommands.Add(OpenKeys.Command(
                $"select boot, sequence, gateway_id from call_ended join {OpenKeys.Table} using (boot, sequence, gateway_id) union all select boot, sequence, gateway_id from call_open join {OpenKeys.Table} using (boot, sequence, gateway_id)", keys));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                taken.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2)));
            }
        }

        // 6
        var rows = new Dictionary<Call, CallMapper>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < mapped.Count; i++)
        {
            if (!taken.Contains(keys[i]))
            {
                rows[ToRow(mapped[i], ids)] = mapped[i];
            }
        }

        await CallCopy.WriteAsync(connection, "call_open", ", boot, started_at, raw_length, record", rows.Keys, (copy, row) =>
        {
            var stored = rows[row].ToStored().ToByteArray();
            copy.Write(rows[row].Record.Boot);
            copy.Write(StartOf(rows[row].Record));
            copy.Write(stored.Length);
            copy.Write(PackCodec.Compress(stored));
        }, cancellationToken);
    }

    private Call ToRow(CallMapper call, IReadOnlyDictionary<DimKey, int> ids) =>
        call.ToRow(new Delivery(new DeliveryKey(0, days.Today, call.Record.Gateway, call.Record.Boot, 1)), 0, default, days.Of(call.Record.Retention), ids);

    // A latency is whatever a producer says: it may reach back before the calendar.
    private static DateTime StartOf(CallRecord call)
    {
        var since1970 = (call.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return call.Time.UtcDateTime.AddTicks(-Math.Min(call.LatencyUs, since1970) * TimeSpan.TicksPerMicrosecond);
    }
}
