using System.Runtime.CompilerServices;
using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;

namespace KubeLens.Store.Holds;

/// <summary>Every ended call that a query finds, wherever it lies, a page at a time.</summary>
internal sealed class EndedCalls(CallSearch search, TimeProvider time)
{
    private const int PageSize = 1_000;

    /// <summary>Longer than a search may take: nobody waits in front of a page.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>Newest first.</summary>
    public async IAsyncEnumerable<Call> FindAsync(QueryNode query, TimeRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new SearchRequest(query, range, PageSize, After: null, Fingerprint: 0);
        for (var more = range.To >= range.From; more;)
        {
            var page = await search.FindPartAsync(request, Timeout, new ContentBudget(time, Timeout), cancellationToken);
            foreach (var call in page.Rows)
            {
                yield return call;
            }

            more = page.Rest is not null;
            request = request with { After = page.Rest };
        }
    }

    /// <summary>The part of a range that lies in one hour.</summary>
    public static TimeRange Within(TimeRange range, DateTime hour) => Within(range, hour, hour + PartitionTable.Call.Step);

    /// <param name="range">A range.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The moment after the last.</param>
    public static TimeRange Within(TimeRange range, DateTime from, DateTime to) => new(
        range.From.UtcDateTime > from ? range.From : from,
        range.To.UtcDateTime < to ? range.To : new DateTimeOffset(to).AddTicks(-TimeSpan.TicksPerMicrosecond));
}
