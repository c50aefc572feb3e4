using KubeLens.Contracts.Query;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Npgsql;

namespace KubeLens.Store.Commands;

/// <summary>Goes through the calls that a query finds, newest first, and tells the runs that they are of, each with its newest such call, which is where it stands in the order of runs.</summary>
/// <param name="search">Finds them.</param>
/// <param name="items">Makes them readable.</param>
/// <param name="request">What finds calls of runs; its position is where the page before ended.</param>
/// <param name="left">How much time there still is.</param>
internal sealed class CommandWalk(CallSearch search, CallItems items, SearchRequest request, Func<TimeSpan> left)
{
    private const int CallsAtOnce = 500;

    // The other half is for what is told of the runs.
    private const int Share = 2;

    private readonly List<(CommandKey Key, RowPosition Newest)> _found = [];

    /// <summary>At most the request's limit, newest first.</summary>
    public IReadOnlyList<(CommandKey Key, RowPosition Newest)> Found => _found;

    /// <summary>Where the next page goes on; null when there is none.</summary>
    public RowPosition? End { get; private set; }

    /// <summary>Ends at the limit, at <see cref="CommandRunsReader.MaxWalked"/> calls, or out of time if it has looked at some by then.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var (seen, after, stop) = (new HashSet<CommandKey>(), request.After, left() / Share);
        for (var walked = 0; ; walked += CallsAtOnce)
        {
            IReadOnlyList<Call> rows;
            List<(CommandKey Key, RowPosition Newest)> news;
            try
            {
                rows = await search.FindEndedAsync(request with { Limit = CallsAtOnce, After = after }, walked == 0 ? left() : left() - stop, cancellationToken);
                news = await NewAsync(rows, seen, cancellationToken);
            }
            catch (Exception e) when (walked > 0 && (e is TooManyBodiesException || (e is PostgresException stopped && stopped.IsOutOfTime(cancellationToken))))
            {
                End = after;
                return;
            }

            _found.AddRange(news);
            if (_found.Count > request.Limit)
            {
                _found.RemoveRange(request.Limit, _found.Count - request.Limit);
                End = _found[^1].Newest;
                return;
            }

            if (rows.Count < CallsAtOnce)
            {
                return;
            }

            after = RowPosition.Of(rows[^1]);
            if (walked + CallsAtOnce >= CommandRunsReader.MaxWalked || left() <= stop)
            {
                End = after;
                return;
            }
        }
    }

    /// <summary>Those of the runs of which the query finds no ended call in the range.</summary>
    /// <param name="keys">Of runs.</param>
    /// <param name="since">Only such calls count as are this one or newer; all when null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CommandKey>> WithoutEndedAsync(IReadOnlyList<CommandKey> keys, RowPosition? since, CancellationToken cancellationToken)
    {
        var rest = keys.ToHashSet();
        var range = since is { } oldest ? request.Range with { From = new DateTimeOffset(oldest.At) } : request.Range;
        while (rest.Count > 0)
        {
            // Whatever is found is of one of them, so each round leaves fewer.
            var some = request with { Query = QueryNodes.All([request.Query, CommandKey.Calls(rest)]), Range = range, Limit = CallsAtOnce, After = null };
            var rows = await search.FindEndedAsync(some, left(), cancellationToken);
            var texts = await items.ReadTextsAsync(rows, cancellationToken);
            var newer = rows.TakeWhile(row => since is not { } position || RowPosition.Of(row).CompareTo(position) >= 0).ToList();
            newer.ForEach(row => rest.Remove(CommandKey.Of(row, texts)));
            if (newer.Count < CallsAtOnce)
            {
                break;
            }
        }

        return [.. keys.Where(rest.Contains)];
    }

    private async Task<List<(CommandKey Key, RowPosition Newest)>> NewAsync(IReadOnlyList<Call> rows, HashSet<CommandKey> seen, CancellationToken cancellationToken)
    {
        var texts = await items.ReadTextsAsync(rows, cancellationToken);
        var news = rows.Select(row => (Key: CommandKey.Of(row, texts), Newest: RowPosition.Of(row))).Where(run => seen.Add(run.Key)).ToList();
        if (request.After is not { } position || news.Count == 0)
        {
            return news;
        }

        var unknown = (await WithoutEndedAsync([.. news.Select(run => run.Key)], position, cancellationToken)).ToHashSet();
        return [.. news.Where(run => unknown.Contains(run.Key))];
    }
}
