using System.Data;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Rollups;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Counts;

/// <summary>
/// Counts the ended calls that queries find, all at once, in one snapshot and one budget. Where a rollup has all that is asked for, it is
/// asked for what is whole of the range, and calls only for the rest. What asks for bodies is searched, each page in a snapshot of its own.
/// </summary>
internal sealed class CallCounter(NpgsqlDataSource database, CallSearch search, TimeProvider time, IOptions<CountOptions> options)
{
    private const string Savepoint = "walk";
    private const int MostOfAGrain = 1_000_000;

    // Later than any call; the first moment after a range must still be one.
    private static readonly DateTime Last = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="range">When calls completed, ends included.</param>
    /// <param name="counts">What to count, and who takes it.</param>
    /// <param name="cancellationToken">Ends the statement that runs.</param>
    /// <returns>What was counted, in the order of <paramref name="counts"/>.</returns>
    public async Task<IReadOnlyList<Counted>> CountAsync(TimeRange range, IReadOnlyList<(QueryNode Query, ITally Tally)> counts, CancellationToken cancellationToken)
    {
        var budget = new CountBudget(time, TimeSpan.FromMilliseconds(options.Value.BudgetMilliseconds));
        var (from, end) = (Microsecond(range.From), range.To.UtcDateTime < Last ? Microsecond(range.To).AddMicroseconds(1) : Last);
        var compiled = counts.Select(count => QueryCompiler.Compile(count.Query)).ToList();
        var rollups = counts.Select((count, i) => RollupCount.Of(count.Query, compiled[i], count.Tally)).ToList();
        var counted = new Counted[counts.Count];

        // Those that look into bodies have connections of their own: one that is held meanwhile would be one less for others.
        int[] inBodies = [.. Enumerable.Range(0, counts.Count).Where(i => compiled[i].AsksContent)], others = [.. Enumerable.Range(0, counts.Count).Except(inBodies)];
        foreach (var (i, done) in inBodies.Select((i, done) => (i, done)))
        {
            counted[i] = await new ContentCount(search, time).CountAsync(counts[i].Query, from, end, counts[i].Tally, options.Value.MaxCalls, budget.Share(counts.Count - done), cancellationToken);
        }

        if (others.Length > 0)
        {
            await CountStoredAsync(others);
        }

        return counted;

        async Task CountStoredAsync(int[] which)
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            IReadOnlyList<DateTime> hidden, gaps;
            try
            {
                hidden = await SearchStart.ReadAsync(connection, [.. which.SelectMany(i => compiled[i].Lookups).Concat(rollups.OfType<RollupCount>().SelectMany(rollup => rollup.Lookups)).Distinct()], budget.Left, cancellationToken);
                gaps = rollups.Exists(rollup => rollup is not null) ? await RollupGaps.ReadAsync(connection, from, end, cancellationToken) : [];
            }
            catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
            {
                foreach (var i in which)
                {
                    counted[i] = new Counted(end, Whole: false, 0);
                }

                return;
            }

            foreach (var (i, done) in which.Select((i, done) => (i, done)))
            {
                var share = budget.Share(which.Length - done);
                await transaction.SaveAsync(Savepoint, cancellationToken);
                CallWalk Walk() => new(connection, compiled[i].Condition, counts[i].Tally, hidden, share);
                counted[i] = rollups[i] is { } rollup
                    ? await CountAsync(connection, RollupPieces.Of(from, end, rollup.Rollup.Grain, gaps), rollup, Walk, share, cancellationToken)
                    : await Walk().GoAsync(from, end, options.Value.MaxCalls, cancellationToken);

                // A statement that was ended leaves nothing else to do in the transaction but this.
                await transaction.RollbackAsync(Savepoint, cancellationToken);
            }
        }
    }

    // What is less than a grain is no more calls than that: they are all looked at.
    private async Task<Counted> CountAsync(NpgsqlConnection connection, IReadOnlyList<RollupPiece> pieces, RollupCount rollup, Func<CallWalk> walk, CountBudget budget, CancellationToken cancellationToken)
    {
        var (calls, walked) = (0L, 0L);
        foreach (var piece in pieces)
        {
            if (!piece.IsRolledUp)
            {
                var isShort = pieces.Count > 1 && piece.End - piece.From < rollup.Rollup.Grain;
                var found = await walk().GoAsync(piece.From, piece.End, isShort ? MostOfAGrain : (int)Math.Max(0, options.Value.MaxCalls - walked), cancellationToken);
                walked += isShort ? 0 : found.Calls;
                calls += found.Calls;
                if (!found.Whole)
                {
                    return found with { Calls = calls };
                }
            }
            else if (await rollup.CountAsync(connection, piece, budget, cancellationToken) is { } counted)
            {
                calls += counted;
            }
            else
            {
                return new Counted(piece.End, Whole: false, calls);
            }
        }

        return new Counted(pieces[^1].From, Whole: true, calls);
    }

    private static DateTime Microsecond(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
}
