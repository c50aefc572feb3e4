using System.Data;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Holds;

/// <summary>How many of the calls that are kept beyond their time each hold finds; a call of two holds is counted for both.</summary>
internal sealed class HeldCounts(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    /// <summary>Without those of which it cannot be said in a few seconds: a query of bodies, one that this version cannot read, or no time left.</summary>
    public async Task<IReadOnlyDictionary<long, long>> CountAsync(IEnumerable<Hold> holds, CancellationToken cancellationToken)
    {
        var (counts, started) = (new Dictionary<long, long>(), time.GetTimestamp());
        foreach (var hold in holds)
        {
            var left = Budget - time.GetElapsedTime(started);
            if (left > TimeSpan.Zero && await CountAsync(hold, left, cancellationToken) is { } calls)
            {
                counts[hold.Id] = calls;
            }
        }

        return counts;
    }

    private async Task<long?> CountAsync(Hold hold, TimeSpan left, CancellationToken cancellationToken)
    {
        try
        {
            var query = QueryCompiler.Compile(hold.Node);
            if (query.AsksContent)
            {
                return null;
            }

            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await SearchStart.ReadAsync(connection, query.Lookups, left, cancellationToken);
            var where = Sql.Join("and", [Sql.Of("at >= ? and at <= ?", hold.Range.From.UtcDateTime, hold.Range.To.UtcDateTime), new Sql($"not {HeldDays.NotHeld}", []), query.Where]);
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add((new Sql($"select count(*) from {CallTables.Overflow} where ", []) + where).ToCommand());
            return (long)(await batch.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
        {
            return null;
        }
        catch (InvalidDataException)
        {
            // This version cannot read its query. Retention drops nothing then, and says so (event 1393).
            return null;
        }
    }
}
