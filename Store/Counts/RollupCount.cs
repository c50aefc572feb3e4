using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Counts;

/// <summary>Counts from a rollup that has all that a query and a tally ask for.</summary>
/// <param name="rollup">Which one.</param>
/// <param name="query">Asked of its columns; the lookups are to be answered before.</param>
/// <param name="tally">Takes the counts.</param>
internal sealed class RollupCount(Rollup rollup, CompiledQuery query, ITally tally)
{
    public Rollup Rollup => rollup;

    public IReadOnlyList<ISearchLookup> Lookups => query.Lookups;

    /// <summary>Null where no rollup has it all.</summary>
    /// <param name="query">What to count.</param>
    /// <param name="compiled">The same, as calls are asked: where that does, its lookups are not made twice.</param>
    /// <param name="tally">Takes the counts.</param>
    public static RollupCount? Of(QueryNode query, CompiledQuery compiled, ITally tally)
    {
        var byKind = QueryCompiler.Compile(query, byKind: true);
        foreach (var rollup in Rollup.All.Where(rollup => tally.Columns.All(column => column.Of(rollup) is not null) && (tally.Width.Ticks % rollup.Grain.Ticks) == 0))
        {
            if (compiled.Condition.Columns.All(rollup.Has))
            {
                return new RollupCount(rollup, compiled, tally);
            }

            if (rollup.Has(Rollup.KindColumn) && byKind.Condition.Columns.All(rollup.Has))
            {
                return new RollupCount(rollup, byKind, tally);
            }
        }

        return null;
    }

    /// <returns>How many calls; null when there was no time for it.</returns>
    public async Task<long?> CountAsync(NpgsqlConnection connection, RollupPiece piece, CountBudget budget, CancellationToken cancellationToken)
    {
        if (budget.Left <= TimeSpan.Zero)
        {
            return null;
        }

        var columns = string.Concat(tally.Columns.Select(column => $", {column.Of(rollup)}"));
        var groups = string.Join(", ", Enumerable.Range(1, tally.Columns.Count + 1));
        var at = tally.Width > TimeSpan.Zero ? Sql.Of("date_bin(?, at, 'epoch'::timestamptz)", tally.Width) : Sql.Of("?::timestamptz", piece.From);
        await using var batch = SealedChunks.Begin(connection, budget.Left);
        batch.Timeout = SearchStart.SilenceOf(budget.Left);
        batch.BatchCommands.Add((new Sql("select ", []) + at + $"{columns}, sum(calls)::bigint from {rollup.Table.Name} where " + Sql.Join("and", [Sql.Of("at >= ? and at < ?", piece.From, piece.End), query.Where]) + $" group by {groups} having sum(calls) <> 0").ToCommand());
        try
        {
            var found = new List<(DateTime At, long[] Values, long Calls)>();
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Add((reader.GetDateTime(0), [.. Enumerable.Range(1, tally.Columns.Count).Select(reader.GetInt64)], reader.GetInt64(tally.Columns.Count + 1)));
            }

            found.ForEach(some => tally.Add(some.At, some.Values, some.Calls));
            return found.Sum(some => some.Calls);
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
        {
            return null;
        }
    }
}
