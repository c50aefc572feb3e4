using KubeLens.Store.Database;
using Npgsql;
using NpgsqlTypes;

namespace KubeLens.Store.AccessReview;

/// <summary>
/// Days of users of which <c>access_day</c> does not say all, or more than there still is: their calls are looked at one by one, as long as there are any.
/// Whoever takes sealed calls away, or changes whose they are, marks them in the same transaction; what was counted of them goes at once.
/// </summary>
internal static class AccessGaps
{
    /// <summary>Stands for every user.</summary>
    public const int Everybody = 0;

    /// <summary>A condition on rows that have a <c>user_id</c>.</summary>
    /// <param name="day">The expression of their day.</param>
    /// <param name="alias">Of the rows.</param>
    public static string Sql(string day, string alias) => FormattableString.Invariant($"exists (select from access_gap g where g.day = {day} and g.user_id in ({Everybody}, {alias}.user_id))");

    /// <param name="connection">In the transaction that takes or changes the calls.</param>
    /// <param name="calls">As they were.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task MarkAsync(NpgsqlConnection connection, IEnumerable<Call> calls, CancellationToken cancellationToken)
    {
        var gaps = calls.Select(call => (Day: DateOnly.FromDateTime(call.At), call.UserId)).Distinct().Order().ToList();
        if (gaps.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])
        [
            "insert into access_gap (day, user_id) select * from unnest($1, $2) as g (day, user_id) order by 1, 2 on conflict do nothing",
            "delete from access_day d using unnest($1, $2) as g (day, user_id) where d.day = g.day and d.user_id = g.user_id",
        ])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = gaps.Select(gap => gap.Day).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
                    new NpgsqlParameter<int[]> { TypedValue = [.. gaps.Select(gap => gap.UserId)] },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
