using KubeLens.Contracts.Health;
using KubeLens.Store.InFlight;
using Npgsql;

namespace KubeLens.Store.Health;

/// <summary>What is known of gateways.</summary>
internal static class GatewayQuery
{
    private const int Most = 200;

    /// <summary>Older batches are not looked at for the last delivery.</summary>
    public static DateOnly WeekAgo(DateTime now) => DateOnly.FromDateTime(now.AddDays(-7));

    public static async Task<GatewaysStatus> ReadAsync(NpgsqlConnection connection, DateTime now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            select d.value, b.boots, b.boot, b.seen_at, b.lease_at, b.lease_at + b.lease_ms * {OpenTable.LeaseIntervals} * interval '1 millisecond' >= $2, b.delivered_at, l.received_at
            from (select distinct on (gateway_id) *, count(*) over (partition by gateway_id) as boots from gateway_boot order by gateway_id, greatest(seen_at, lease_at) desc) b
            join dim d on d.id = b.gateway_id
            left join (select gateway_id, max(received_at) as received_at from ingest_batch where day >= $1 group by gateway_id) l on l.gateway_id = b.gateway_id
            order by d.value limit {Most}
            """, connection)
        {
            Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = WeekAgo(now) }, new NpgsqlParameter<DateTime> { TypedValue = now } },
        };
        var known = new List<GatewayStatus>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
            known.Add(new GatewayStatus(row.GetString(0), (int)row.GetInt64(1), row.GetString(2), row.GetDateTime(3), Time(4), row.IsDBNull(5) ? null : row.GetBoolean(5), Time(6), Time(7)));
        }

        return new GatewaysStatus(known);
    }
}
