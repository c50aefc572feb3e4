using Npgsql;

namespace KubeLens.Store.Rollups;

/// <summary>
/// Hours of which rollups do not say all, or say more than there still is: their calls are counted one by one. Whoever takes calls away
/// without taking them out of the rollups marks their hours before, or in the same transaction. Marks stay: 24 a day are little.
/// </summary>
internal static class RollupGaps
{
    /// <param name="connection">If in a transaction, one that takes no other locks before its end but those of rollups.</param>
    /// <param name="times">Within the hours.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task MarkAsync(NpgsqlConnection connection, IEnumerable<DateTime> times, CancellationToken cancellationToken)
    {
        // In one order everywhere, so that two who mark cannot wait for each other in a circle.
        var hours = times.Select(HourOf).Distinct().Order().ToArray();
        if (hours.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("insert into rollup_gap (hour) select h from unnest($1) h order by h on conflict do nothing", connection) { Parameters = { new NpgsqlParameter<DateTime[]> { TypedValue = hours } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Marks those of rows that are deleted in the same statement.</summary>
    /// <param name="table">A <c>with</c> query of their <c>at</c>.</param>
    public static string MarkSql(string table) => $"insert into rollup_gap (hour) select distinct date_trunc('hour', at, 'UTC') from {table} order by 1 on conflict do nothing";

    /// <summary>Those that touch a span of time, in order.</summary>
    public static async Task<IReadOnlyList<DateTime>> ReadAsync(NpgsqlConnection connection, DateTime from, DateTime end, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select hour from rollup_gap where hour >= $1 and hour < $2 order by hour", connection)
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = HourOf(from) }, new NpgsqlParameter<DateTime> { TypedValue = end } },
        };
        var hours = new List<DateTime>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hours.Add(reader.GetDateTime(0));
        }

        return hours;
    }

    private static DateTime HourOf(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerHour, DateTimeKind.Utc);
}
