using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Npgsql;

namespace KubeLens.Store.Live;

/// <summary>
/// One client's feed. It looks for calls only where a notice says that some were stored, with the search's own SQL, so that it finds what the
/// search finds. A call is sent once, in the order in which calls are stored.
/// </summary>
internal sealed class LiveFeed(LiveRequest request, LiveFollower follower, Task listening, CallSearch search, CallItems items, LiveOptions options, SearchOptions limits, TimeProvider time, StoreMetrics metrics)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SentCalls _sent = new();
    private DateTimeOffset _reached;

    /// <summary>Calls sent so far.</summary>
    public long Calls { get; private set; }

    /// <summary>Does not end; neither does it fail for want of the database, which it waits for.</summary>
    public async IAsyncEnumerable<SseItem<object>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await listening.WaitAsync(cancellationToken);
        follower.Forget();
        _reached = request.From ?? time.GetUtcNow();
        yield return Item(LiveEvents.Ready, new LiveState(_reached));
        DateTimeOffset? since = request.From;
        while (true)
        {
            var notices = since is null ? await follower.ReadAsync(TimeSpan.FromSeconds(options.AliveSeconds), time, cancellationToken) : [];
            var missed = follower.TakeDropped();
            if (missed > 0)
            {
                yield return Dropped(missed, LiveDropReasons.Slow);
            }

            since ??= notices.Contains(LiveNotice.Missed) ? _reached - LiveRequestReader.Overlap : null;
            if (since is null && notices.Count == 0)
            {
                yield return Item(LiveEvents.Alive, new LiveState(Reach(time.GetUtcNow())));
                continue;
            }

            var (found, isAll, failure) = await LookAsync(since, notices, cancellationToken);
            if (failure == Failure.Away)
            {
                // What was stored meanwhile is looked for by its time.
                since ??= _reached - LiveRequestReader.Overlap;
                await Task.Delay(Pause, time, cancellationToken);
                continue;
            }

            since = null;
            if (!isAll)
            {
                yield return Dropped(failure == Failure.Stopped ? notices.Sum(notice => notice.Calls) : null, failure == Failure.Stopped ? LiveDropReasons.Stopped : LiveDropReasons.TooMany);
            }

            foreach (var call in found)
            {
                Reach(call.Time);
                Calls++;
                yield return Item(LiveEvents.Call, call);
            }
        }
    }

    private enum Failure
    {
        None,
        Away,
        Stopped,
    }

    // By time, or in the batches that were told of.
    private async Task<(IReadOnlyList<CallItem> Found, bool IsAll, Failure Failure)> LookAsync(DateTimeOffset? since, IReadOnlyList<LiveNotice> notices, CancellationToken cancellationToken)
    {
        var (range, batches) = (new TimeRange(since ?? default, DateTimeOffset.MaxValue), (IReadOnlyList<long>?)null);
        if (since is null)
        {
            var told = LiveNotice.Join(notices);
            (range, batches) = (new TimeRange(told.From, told.To), told.Batches);
        }

        try
        {
            var rows = await search.FindEndedAsync(new SearchRequest(request.Query, range, options.MaxAtOnce + 1, null, 0) { Batches = batches, IsFresh = batches is not null }, TimeSpan.FromSeconds(limits.TimeoutSeconds), cancellationToken);
            var fresh = rows.Take(options.MaxAtOnce).Where(row => _sent.Add(RowPosition.Of(row))).Reverse().ToList();
            return (await items.ReadAsync(fresh, cancellationToken), rows.Count <= options.MaxAtOnce, Failure.None);
        }
        catch (PostgresException e) when (e.IsOutOfTime(cancellationToken))
        {
            return ([], false, Failure.Stopped);
        }
        catch (TooManyBodiesException)
        {
            return ([], false, Failure.Stopped);
        }
        catch (Exception e) when (e.IsDatabase() && !cancellationToken.IsCancellationRequested)
        {
            return ([], false, Failure.Away);
        }
    }

    private DateTimeOffset Reach(DateTimeOffset at) => _reached = at > _reached ? at : _reached;

    private SseItem<object> Dropped(long? calls, string reason)
    {
        metrics.LiveDropped(calls ?? 1, reason);
        return Item(LiveEvents.Dropped, new LiveDropped(calls, reason));
    }

    private SseItem<object> Item(string name, object data) =>
        new(data, name) { EventId = _reached.UtcDateTime.ToString(LiveRequestReader.IdFormat, CultureInfo.InvariantCulture) };
}
