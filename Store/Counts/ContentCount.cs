using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using KubeLens.Store.Sealing.Columns;
using Npgsql;

namespace KubeLens.Store.Counts;

/// <summary>Counts the calls that a query finds by what their bodies hold, newest first, a page of the search after the other.</summary>
internal sealed class ContentCount(CallSearch search, TimeProvider time)
{
    private const int PageSize = 1_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);

    /// <param name="query">What to count.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="end">The first moment after the last.</param>
    /// <param name="tally">Takes what is found since the moment from which on all is.</param>
    /// <param name="most">Calls to find.</param>
    /// <param name="budget">For all of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Counted> CountAsync(QueryNode query, DateTime from, DateTime end, ITally tally, int most, CountBudget budget, CancellationToken cancellationToken)
    {
        var (found, since, isWhole) = (new List<Call>(), end, end <= from);
        var request = new SearchRequest(query, new TimeRange(from, end - Moment), PageSize, After: null, Fingerprint: 0);
        while (!isWhole && found.Count < most && budget.Left > TimeSpan.Zero)
        {
            try
            {
                var part = await search.FindPartAsync(request, budget.Left, new ContentBudget(time, budget.Left), cancellationToken);
                found.AddRange(part.Rows);
                (isWhole, since) = part.Rest is { } rest ? (false, rest.At + Moment) : (true, from);
                request = request with { After = part.Rest };
            }
            catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
            {
                break;
            }
        }

        var counted = found.Where(call => call.At >= since).ToList();
        var chunk = SealedChunk.Of(counted);
        var columns = counted.Count == 0 ? [] : tally.Columns.Select(column => column.Of(chunk)).ToArray();
        for (var row = 0; row < counted.Count; row++)
        {
            tally.Add(counted[row].At, Array.ConvertAll(columns, column => column[row]), 1);
        }

        return new Counted(since, isWhole, counted.Count);
    }
}
