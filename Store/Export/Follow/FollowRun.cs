using KubeLens.Contracts.Query;
using KubeLens.Store.Arrivals;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;

namespace KubeLens.Store.Export.Follow;

/// <summary>
/// Writes calls as they are stored, by whichever Store:
/// <code>
/// 1 what arrived since the position → 2 those of its calls that the query finds, sealed or not, oldest first → 3 write → 4 commit with the next position
/// </code>
/// What is not found any more was purged, or dropped for its age.
/// </summary>
internal sealed class FollowRun(FollowRequest request, ExportHead head, ArrivalReader arrivals, ArrivalBell bell, CallSearch search, ExportedCalls calls, ExportOptions options, SearchOptions limits, TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A position that never moves would seem to be older than what is remembered.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <summary>Written so far.</summary>
    public long Calls => calls.Calls;

    /// <summary>Ends when it is cancelled, and waits for a database that is away. Fails with <see cref="InvalidDataException"/> when what comes next is not remembered any more.</summary>
    public async Task FollowAsync(IFollowOutput output, ArrivalPosition position, CancellationToken cancellationToken)
    {
        var (isAway, rests) = (false, time.GetTimestamp());
        while (true)
        {
            try
            {
                await bell.WaitAsync(cancellationToken);
                await CheckAsync(position, cancellationToken);
                for (var isNew = true; isNew;)
                {
                    (isNew, var next) = await TellAsync(output, position, cancellationToken);
                    if (isNew || !position.IsAtRest || time.GetElapsedTime(rests) > LongestRest)
                    {
                        await output.CommitAsync(next, cancellationToken);
                        (position, rests) = (next, time.GetTimestamp());
                    }
                }

                isAway = false;
            }
            catch (Exception e) when (e.IsDatabase() && !cancellationToken.IsCancellationRequested)
            {
                output.Rollback();
                if (!isAway)
                {
                    tell($"The database does not answer ({e.GetBaseException().Message}); waiting for it.");
                }

                isAway = true;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task CheckAsync(ArrivalPosition position, CancellationToken cancellationToken)
    {
        if (await arrivals.FloorAsync(cancellationToken) is { At: { } until } floor && position.MayLack(floor.Transaction))
        {
            throw new InvalidDataException(FormattableString.Invariant($"What was stored up to {until:yyyy-MM-ddTHH:mm:ssZ} came after what is exported, and when it came is not remembered any more (Retention:ArrivalDays): export it with `store export --to {until:yyyy-MM-ddTHH:mm:ssZ}`, and follow into another file with `--from {until:yyyy-MM-ddTHH:mm:ssZ}`."));
        }
    }

    private async Task<(bool IsNew, ArrivalPosition Next)> TellAsync(IFollowOutput output, ArrivalPosition position, CancellationToken cancellationToken)
    {
        // 1
        var (some, next) = await arrivals.ReadAsync(position, options.PageSize, cancellationToken);
        if (some.Count == 0)
        {
            return (false, next);
        }

        // 2
        var rows = await FindAsync(some, cancellationToken);

        // 3
        using var writer = request.Format.Open(output.Writer, head);
        if (rows.Count > 0)
        {
            if (output.Begins())
            {
                writer.Begin();
            }

            await calls.WriteAsync(rows, writer, output.Writer, cancellationToken);
        }

        return (true, next);
    }

    private async Task<List<Call>> FindAsync(IReadOnlyList<Arrival> some, CancellationToken cancellationToken)
    {
        var arrived = some.ToLookup(arrival => arrival.BatchId, arrival => arrival.Ordinals);
        var (oldest, newest) = (some.Min(arrival => arrival.Oldest), some.Max(arrival => arrival.Newest));
        var from = request.From?.UtcDateTime is { } least && least > oldest ? least : oldest;
        var rows = new List<Call>();
        if (from > newest)
        {
            return rows;
        }

        var page = new SearchRequest(request.Query, new TimeRange(from, newest), options.PageSize, null, 0) { Batches = [.. arrived.Select(batch => batch.Key)] };
        while (true)
        {
            var found = await search.FindPartAsync(page, TimeSpan.FromSeconds(options.TimeoutSeconds), ContentBudget.Of(limits, time), cancellationToken);
            rows.AddRange(found.Rows.Where(row => arrived[row.BatchId].Any(ordinals => ordinals.Contains(row.Ord))));
            if (found.Rest is not { } rest)
            {
                rows.Reverse();
                return rows;
            }

            page = page with { After = rest };
        }
    }
}
