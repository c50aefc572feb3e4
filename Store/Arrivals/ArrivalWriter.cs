using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using Npgsql;

namespace KubeLens.Store.Arrivals;

/// <summary>Tells of calls in the transaction that stores them: to those who listen now by a notice, and to those who come later by the table <c>arrival</c>.</summary>
internal static class ArrivalWriter
{
    /// <param name="connection">In the transaction that stores them.</param>
    /// <param name="calls">All that it stores.</param>
    /// <param name="now">When, UTC.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<Call> calls, DateTime now, CancellationToken cancellationToken)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var batches = calls.GroupBy(call => call.BatchId).ToList();
        await using var insert = new NpgsqlCommand("insert into arrival (batch_id, ordinals, calls, oldest, newest, stored_at) select *, $6 from unnest($1, $2, $3, $4, $5)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. batches.Select(batch => batch.Key)] },
                new NpgsqlParameter<byte[][]> { TypedValue = [.. batches.Select(batch => OrdinalsOf(batch).Bytes)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. batches.Select(batch => batch.Count())] },
                new NpgsqlParameter<DateTime[]> { TypedValue = [.. batches.Select(batch => batch.Min(call => call.At))] },
                new NpgsqlParameter<DateTime[]> { TypedValue = [.. batches.Select(batch => batch.Max(call => call.At))] },
                new NpgsqlParameter<DateTime> { TypedValue = now },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await LiveNotice.SendAsync(connection, calls, cancellationToken);
    }

    private static OrdinalSet OrdinalsOf(IEnumerable<Call> batch)
    {
        var ordinals = OrdinalSet.Empty(batch.Max(call => call.Ord) + 1);
        foreach (var call in batch)
        {
            ordinals.Add(call.Ord);
        }

        return ordinals;
    }
}
