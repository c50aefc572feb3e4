namespace KubeLens.Store.Counts;

/// <summary>A span of time, counted in one way.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="End">The first after it.</param>
/// <param name="IsRolledUp">By a rollup that says all of it; else call by call.</param>
internal readonly record struct RollupPiece(DateTime From, DateTime End, bool IsRolledUp);

/// <summary>Takes a range apart: what a rollup answers for are whole grains outside of the hours that it has gaps in.</summary>
internal static class RollupPieces
{
    // One piece is one statement: the newest ones are short, so that there is an answer when time runs out.
    private static readonly TimeSpan FirstSpan = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(300_000);
    private const int Growth = 4;

    /// <returns>Newest first, without holes.</returns>
    public static IReadOnlyList<RollupPiece> Of(DateTime from, DateTime end, TimeSpan grain, IEnumerable<DateTime> gaps)
    {
        var (first, last) = (Floor(from.AddTicks(grain.Ticks - 1), grain), Floor(end, grain));
        if (first >= last)
        {
            return [new RollupPiece(from, end, IsRolledUp: false)];
        }

        var raw = new List<(DateTime From, DateTime End)>();
        foreach (var (start, stop) in gaps.Select(hour => (Later(hour, from), Earlier(hour.AddHours(1), end))).Prepend((from, first)).Append((last, end)).Where(span => span.Item1 < span.Item2).Order())
        {
            if (raw.Count > 0 && start <= raw[^1].End)
            {
                raw[^1] = (raw[^1].From, Later(stop, raw[^1].End));
            }
            else
            {
                raw.Add((start, stop));
            }
        }

        var (pieces, until, span) = (new List<RollupPiece>(), end, FirstSpan);
        foreach (var (start, stop) in Enumerable.Reverse(raw).Append((from, from)))
        {
            for (; until > stop; span = span < LongestSpan ? span * Growth : span)
            {
                var since = until - stop > span ? until - span : stop;
                pieces.Add(new RollupPiece(since, until, IsRolledUp: true));
                until = since;
            }

            if (start < until)
            {
                pieces.Add(new RollupPiece(start, until, IsRolledUp: false));
                until = start;
            }
        }

        return pieces;
    }

    private static DateTime Floor(DateTime time, TimeSpan grain) => new(time.Ticks - time.Ticks % grain.Ticks, DateTimeKind.Utc);

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
