using System.ComponentModel;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Live;

/// <summary><c>GET /api/v1/live</c>.</summary>
internal static class LiveApi
{
    public const string Route = "/api/v1/live";

    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Route, GetAsync)
        .WithTags("Calls")
        .WithName("FollowCalls")
        .WithSummary("Every call that a query finds, as it is stored")
        .WithDescription("Server-sent events, until the client leaves: ready, call (as in a page of the search), dropped and alive. The id of an event, sent back as Last-Event-ID, goes on from there. Calls in flight come when they have ended.")
        .Produces<CallItem>(StatusCodes.Status200OK, "text/event-stream")
        .ProducesSearchProblems();

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static async Task<IResult> GetAsync(
        HttpContext http, ContentAccess access, LiveFollowers followers, CallSearch search, CallItems items, DatabaseState database, TimeProvider time, IOptions<LiveOptions> options, IOptions<SearchOptions> limits, StoreMetrics metrics, ILogger<LiveFeed> logger, IHostApplicationLifetime lifetime,
        [FromQuery, Description("What to find, in the query language; everything when absent.")] string? q,
        [FromQuery, Description("Calls that have ended since then come first: RFC 3339, Unix seconds, or relative such as now-5m. None when absent.")] string? from)
    {
        _ = (q, from);
        var read = LiveRequestReader.Read(http.Request, time.GetUtcNow(), out var errors);
        if (ContentAccess.Allow(http.User, read, wanted => wanted.Query, q, ref errors) is not { } request)
        {
            return SearchProblem.BadRequest(errors);
        }

        if (!database.IsMigrated)
        {
            return SearchProblem.NotReady();
        }

        try
        {
            await access.RecordAsync(http.User, request.Query, q, range: null, http.RequestAborted);
        }
        catch (Exception e) when (e.IsDatabase())
        {
            logger.SearchUnavailable(e.GetBaseException().Message);
            return SearchProblem.Unavailable();
        }

        if (followers.TryAdd() is not { } follower)
        {
            return SearchProblem.Unavailable($"There are {options.Value.MaxFollowers} live feeds already, as many as Live:MaxFollowers allows. Try again when one has ended.");
        }

        var feed = new LiveFeed(request, follower, followers.Listening, search, items, options.Value, limits.Value, time, metrics);
        http.Response.RegisterForDispose(follower);
        http.Response.OnCompleted(() =>
        {
            logger.Followed(http.User.Identity?.Name ?? "", feed.Calls, JsonEncodedText.Encode(request.Text).Value);
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(UntilStopped(feed, http.RequestAborted, lifetime.ApplicationStopping));
    }

    // A feed that ends with the Store ends in order, and the client comes back.
    private static async IAsyncEnumerable<SseItem<object>> UntilStopped(LiveFeed feed, [EnumeratorCancellation] CancellationToken left, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, stopping);
        await using var events = feed.FollowAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                yield break;
            }

            yield return events.Current;
        }
    }
}
