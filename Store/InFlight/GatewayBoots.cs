using System.Collections.Concurrent;
using KubeLens.Contracts.Otlp;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.InFlight;

/// <summary>
/// What is known of the starts of gateways: since when, whether they live, and whether calls of theirs were stored. A gateway delivers
/// its spool oldest first, so calls of a later start say that whatever an earlier one had recorded is here.
/// </summary>
internal sealed class GatewayBoots(TimeProvider time)
{
    private const int CacheCapacity = 1_000;

    private readonly GenerationCache<(int Gateway, string Boot), bool> _noted = new(CacheCapacity);

    public static NpgsqlBatchCommand Lease(int gatewayId, GatewayLease lease, DateTime now) => new("""
        insert into gateway_boot (gateway_id, boot, seen_at, lease_at, lease_ms, delivered_at) values ($1, $2, $3, $3, $4, $5)
        on conflict (gateway_id, boot) do update set lease_at = excluded.lease_at, lease_ms = excluded.lease_ms, delivered_at = coalesce(excluded.delivered_at, gateway_boot.delivered_at)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<int> { TypedValue = gatewayId },
            new NpgsqlParameter<string> { TypedValue = lease.Boot },
            new NpgsqlParameter<DateTime> { TypedValue = now },
            new NpgsqlParameter<long> { TypedValue = (long)lease.Interval.TotalMilliseconds },
            new NpgsqlParameter { Value = (object?)lease.DeliveredUntil?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    /// <summary>Notes, once a boot, that calls of theirs are stored by the caller's transaction. Hand the answer to <see cref="Noted"/> when it is committed.</summary>
    public async Task<IReadOnlyList<(int Gateway, string Boot)>> NoteCallsAsync(NpgsqlConnection connection, IEnumerable<(int Gateway, string Boot)> boots, CancellationToken cancellationToken)
    {
        var unknown = boots.Where(b => b.Boot.Length > 0 && !_noted.TryGet(b, out _)).Distinct().OrderBy(b => b.Gateway).ThenBy(b => b.Boot, StringComparer.Ordinal).ToList();
        if (unknown.Count == 0)
        {
            return [];
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var (gateway, boot) in unknown)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into gateway_boot (gateway_id, boot, seen_at, has_calls) values ($1, $2, $3, true) on conflict (gateway_id, boot) do update set has_calls = true")
            {
                Parameters =
                {
                    new NpgsqlParameter<int> { TypedValue = gateway },
                    new NpgsqlParameter<string> { TypedValue = boot },
                    new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return unknown;
    }

    public void Noted(IEnumerable<(int Gateway, string Boot)> boots)
    {
        foreach (var boot in boots)
        {
            _noted.Set(boot, true);
        }
    }
}
