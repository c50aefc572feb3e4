using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Conditions;
using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Counts;

/// <summary>
/// Goes through the calls that meet a condition, newest first, a span of time after the other, in one snapshot:
/// <code>
/// 1 rows of hours that are not sealed, and those that came late → 2 chunks, each read once, for its part of the span
/// 3 more than may be looked at? all of the newest moments that are whole → 4 a longer span where little was found soon
/// </code>
/// When there is no more time, the span that it was at is not counted.
/// </summary>
/// <param name="connection">In the snapshot.</param>
/// <param name="condition">Its lookups have their answers.</param>
/// <param name="tally">Takes what it finds.</param>
/// <param name="hidden">Hours whose rows do not answer any more.</param>
/// <param name="budget">For all of it.</param>
internal sealed class CallWalk(NpgsqlConnection connection, RowCondition condition, ITally tally, IReadOnlyList<DateTime> hidden, CountBudget budget)
{
    private const int ChunksAtOnce = 16;
    private const int Growth = 4;

    private static readonly TimeSpan FirstSpan = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(3_660_000);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);

    private readonly List<(SealedChunks.Part Chunk, bool[] Met)> _begun = [];

    /// <param name="from">The first moment.</param>
    /// <param name="end">The first moment after the last.</param>
    /// <param name="most">Most calls to look at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Counted> GoAsync(DateTime from, DateTime end, int most, CancellationToken cancellationToken)
    {
        var (until, span, calls) = (end, FirstSpan, 0L);
        while (until > from)
        {
            var since = until - from > span ? until - span : from;
            var before = budget.Left;
            if (await TryReadAsync(since, until, isFirst: until == end, most - (int)calls, cancellationToken) is not { } found)
            {
                return new Counted(until, Whole: false, calls);
            }

            // 3
            var cut = since;
            if (found.Count > most - calls)
            {
                found.Sort((a, b) => b.At.CompareTo(a.At));
                cut = found[most - (int)calls].At + Moment;
                found.RemoveAll(call => call.At < cut);
            }

            found.ForEach(call => tally.Add(call.At, call.Values, 1));
            calls += found.Count;
            if (cut > since)
            {
                return new Counted(cut, Whole: false, calls);
            }

            // 4
            var took = before - budget.Left;
            span = took < Soon && found.Count * Growth <= most - calls ? Min(span * Growth, LongestSpan) : took > Soon * Growth ? span / Growth : span;
            until = since;
        }

        return new Counted(from, Whole: true, calls);
    }

    /// <summary>At least one more call than there is room for, if there are so many; null when there is no more time.</summary>
    private async Task<List<Walked>?> TryReadAsync(DateTime since, DateTime until, bool isFirst, int room, CancellationToken cancellationToken)
    {
        if (budget.Left <= TimeSpan.Zero)
        {
            return null;
        }

        try
        {
            var found = new List<Walked>();
            await ReadRowsAsync(found, since, until, room, cancellationToken);
            await ReadChunksAsync(found, since, until, isFirst, room, cancellationToken);
            return found;
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
        {
            return null;
        }
    }

    // 1
    private async Task ReadRowsAsync(List<Walked> found, DateTime since, DateTime until, int room, CancellationToken cancellationToken)
    {
        var columns = string.Concat(tally.Columns.Select(column => $", {column.Sql}"));
        await using var batch = SealedChunks.Begin(connection, budget.Left);
        batch.Timeout = SearchStart.SilenceOf(budget.Left);
        foreach (var table in CallTables.All)
        {
            var where = new List<Sql> { Sql.Of("at >= ? and at < ?", since, until), condition.ToSql() };
            where.AddRange(table == CallTables.Call ? SearchStart.Without(hidden) : []);
            batch.BatchCommands.Add((new Sql($"select at{columns} from {table} where ", []) + Sql.Join("and", where) + Sql.Of(" order by at desc limit ?", room + 1)).ToCommand());
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var values = new long[tally.Columns.Count];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = reader.GetInt64(i + 1);
                }

                found.Add(new Walked(reader.GetDateTime(0), values));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
    }

    // 2. A chunk lies within an hour; one that reaches back before the span is kept for the next.
    private async Task ReadChunksAsync(List<Walked> found, DateTime since, DateTime until, bool isFirst, int room, CancellationToken cancellationToken)
    {
        foreach (var (chunk, met) in _begun)
        {
            Take(chunk, met);
        }

        _begun.RemoveAll(begun => begun.Chunk.Columns.At(0) >= since);
        var columns = condition.Columns.Concat(tally.Columns.Select(column => column.Name)).Append("at").Distinct().Select(ChunkColumns.NumberOf).ToArray();
        var where = new List<Sql>
        {
            Sql.Of("day >= ? and day <= ?", DateOnly.FromDateTime(since), DateOnly.FromDateTime(until)),
            Sql.Of(isFirst ? "ts_max >= ? and ts_min < ?" : "ts_max >= ? and ts_max < ?", since, until),
        };
        if (condition.Chunks() is { } possible)
        {
            where.Add(possible);
        }

        var last = default(SealedChunks.Part);
        do
        {
            var chunks = await SealedChunks.ReadAsync(connection, Sql.Join("and", last is null ? where : [.. where, SealedChunks.After(last)]), columns, ChunksAtOnce, budget.Left, cancellationToken);
            foreach (var chunk in chunks)
            {
                var met = condition.Over(chunk.Columns);
                Take(chunk, met);
                if (chunk.Columns.At(0) < since)
                {
                    _begun.Add((chunk, met));
                }
            }

            last = chunks.Count == ChunksAtOnce ? chunks[^1] : null;
        }
        while (last is not null && found.Count(call => call.At > last.To) <= room);

        void Take(SealedChunks.Part chunk, bool[] met)
        {
            var values = tally.Columns.Select(column => column.Of(chunk.Columns)).ToArray();
            for (var row = 0; row < met.Length; row++)
            {
                if (met[row] && chunk.Columns.At(row) is var at && at >= since && at < until)
                {
                    found.Add(new Walked(at, Array.ConvertAll(values, column => column[row])));
                }
            }
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private readonly record struct Walked(DateTime At, long[] Values);
}
