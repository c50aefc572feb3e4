using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;
using Npgsql;

namespace KubeLens.Store.Commands;

/// <summary>
/// A page of runs:
/// <code>
/// 1 calls that the query finds, newest first, until they are of enough runs that no page before had → 2 on the first page, runs of which it finds open calls only
/// 3 all calls of these runs, whatever the query says
/// </code>
/// Each piece is a search of its own from where the last one ended, so it does not matter what is sealed meanwhile.
/// </summary>
internal sealed class CommandRunsReader(CallSearch search, CallItems items, TimeProvider time, IOptions<SearchOptions> options)
{
    /// <summary>Most calls that the query finds which one page looks at.</summary>
    public const int MaxWalked = 20_000;

    /// <summary>Most open calls of the runs of a page that are looked at.</summary>
    public const int MaxOpen = 1_000;

    private const int CallsAtOnce = 1_000;

    /// <summary>Fails as <see cref="CallSearch.SearchAsync"/> does when the database takes so long that nothing was found by then; else the page is short.</summary>
    public async Task<CommandPage> ReadAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var (started, timeout) = (time.GetTimestamp(), TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        TimeSpan Left() => timeout - time.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
        var query = QueryNodes.All([request.Query, CommandKey.Any]);
        var walk = new CommandWalk(search, items, request with { Query = query }, Left);
        await walk.GoAsync(cancellationToken);
        IReadOnlyList<CommandKey> open = request.After is null ? await OpenOnlyAsync(query, request.Range, walk, Left, cancellationToken) : [];

        var tallies = open.Concat(walk.Found.Select(found => found.Key)).Select(key => new CommandTally(key)).ToList();
        var isWhole = tallies.Count == 0 || await TallyAsync(tallies, open.Count, request.Range, Left, cancellationToken);

        // What was taken away meanwhile has no calls; what there was no time for has none yet, and comes on the next page.
        var told = !isWhole && tallies.FindIndex(open.Count, tally => tally.IsEmpty) is >= 0 and var first ? first : tallies.Count;
        var last = told == tallies.Count ? walk.End : walk.Found[told - open.Count - 1].Newest;
        return new CommandPage(
            request.Range.From,
            request.Range.To,
            [.. tallies.Take(told).Where(tally => !tally.IsEmpty).Select(tally => tally.Result(request.Range))],
            last is { } position ? new SearchCursor(request.Fingerprint, request.Range, position).ToString() : null);
    }

    // 2
    private async Task<IReadOnlyList<CommandKey>> OpenOnlyAsync(QueryNode query, TimeRange range, CommandWalk walk, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var rows = (await search.FindOpenAsync(query, range, CallSearch.MostOpen, left(), cancellationToken)).Select(open => open.Row).ToList();
        var texts = await items.ReadTextsAsync(rows, cancellationToken);
        return await walk.WithoutEndedAsync([.. rows.Select(row => CommandKey.Of(row, texts)).Distinct()], since: null, cancellationToken);
    }

    // 3. False when there was no more time, but for some of those with ended calls there was.
    private async Task<bool> TallyAsync(IReadOnlyList<CommandTally> tallies, int openOnly, TimeRange range, Func<TimeSpan> left, CancellationToken cancellationToken)
    {
        var wanted = tallies.ToDictionary(tally => tally.Key);
        var open = await search.FindOpenAsync(CommandKey.Calls(wanted.Keys), range, MaxOpen, left(), cancellationToken);
        var openTexts = await items.ReadTextsAsync([.. open.Select(call => call.Row)], cancellationToken);
        foreach (var call in open)
        {
            wanted[CommandKey.Of(call.Row, openTexts)].AddOpen(call.Row, call.Running, openTexts);
        }

        var after = default(RowPosition?);
        try
        {
            while (wanted.Count > 0)
            {
                var rows = await search.FindEndedAsync(new SearchRequest(CommandKey.Calls(wanted.Keys), range, CallsAtOnce, after, Fingerprint: 0), left(), cancellationToken);
                var texts = await items.ReadTextsAsync(rows, cancellationToken);
                foreach (var row in rows)
                {
                    Take(wanted, row, texts);
                }

                if (rows.Count < CallsAtOnce)
                {
                    break;
                }

                after = RowPosition.Of(rows[^1]);
            }

            return true;
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken) && (openOnly == tallies.Count || !tallies[openOnly].IsEmpty))
        {
            foreach (var tally in wanted.Values)
            {
                tally.IsWhole = false;
            }

            return false;
        }
    }

    private static void Take(Dictionary<CommandKey, CommandTally> wanted, Call row, IReadOnlyDictionary<int, Dim> texts)
    {
        var key = CommandKey.Of(row, texts);
        if (!wanted.TryGetValue(key, out var tally))
        {
            return;
        }

        if (tally.IsFull)
        {
            tally.IsWhole = false;
            wanted.Remove(key);
            return;
        }

        tally.AddEnded(row, texts);
    }
}
