using KubeLens.Store.Database;

namespace KubeLens.Store.Search.Content;

/// <summary>
/// Finds calls by what their bodies hold:
/// <code>
/// 1 a slice of the calls that may meet the query, newest first → 2 those judged, pack by pack → 3 enough, all, or no more to spend?
/// </code>
/// Slices grow while they cost little: what is seldom found needs few questions to the database, and what is dear is asked for in small pieces.
/// </summary>
/// <param name="judge">Looks into bodies.</param>
/// <param name="query">What to find.</param>
/// <param name="budget">Of all of it; the first pack is always looked into, so that whoever goes on gets on.</param>
internal sealed class ContentSearch(ContentJudge judge, CompiledQuery query, ContentBudget budget)
{
    private const int FirstSlice = 64;
    private const int LargestSlice = 2_048;
    private const int Growth = 2;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <param name="request">Its range, its position and its limit.</param>
    /// <param name="read">A page of the calls that may meet the query.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FoundCalls> FindAsync(SearchRequest request, Func<SearchRequest, CancellationToken, Task<IReadOnlyList<Call>>> read, CancellationToken cancellationToken)
    {
        var found = new List<Call>();
        var after = request.After;
        for (var slice = Math.Clamp(request.Limit, FirstSlice, LargestSlice); ; )
        {
            // 1
            var rows = await read(request with { Limit = slice, After = after }, cancellationToken);

            // 2
            var before = budget.Left;
            var judged = await judge.JudgeAsync(query, rows, budget, cancellationToken);
            for (var i = 0; i < judged.Count; i++)
            {
                if (judged[i])
                {
                    found.Add(rows[i]);
                    if (found.Count == request.Limit)
                    {
                        return new FoundCalls(found, RowPosition.Of(rows[i]));
                    }
                }
            }

            // 3
            if (judged.Count == rows.Count && rows.Count < slice)
            {
                return new FoundCalls(found, null);
            }

            after = RowPosition.Of(rows[judged.Count - 1]);
            if (budget.IsSpent)
            {
                return new FoundCalls(found, after);
            }

            slice = before - budget.Left < Soon ? Math.Min(slice * Growth, LargestSlice) : Math.Max(slice / Growth, FirstSlice);
        }
    }
}
