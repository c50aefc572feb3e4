using System.Text.Json;
using KubeLens.Contracts.Holds;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using KubeLens.Store.Search;
using Npgsql;

namespace KubeLens.Store.Holds;

/// <summary><c>GET</c> and <c>POST /api/v1/holds</c>, <c>DELETE /api/v1/holds/{id}</c>: what <c>store hold</c> does.</summary>
internal static class HoldsApi
{
    public const string Route = "/api/v1/holds";

    public static void MapHolds(this IEndpointRouteBuilder endpoints)
    {
        Describe(endpoints.MapGet(Route, ListAsync))
            .WithName("ListHolds")
            .WithSummary("Every legal hold, released ones as well")
            .Produces<HoldList>();
        Describe(endpoints.MapPost(Route, PlaceAsync))
            .WithName("PlaceHold")
            .WithSummary("Keep what a query finds, whatever its age")
            .WithDescription("From the answer on until it is released: calls are taken out of what is dropped when that is due. Answered 503 while something is dropped or purged that it might have kept; then nothing is held yet.")
            .Produces<HoldItem>(StatusCodes.Status201Created)
            .Produces<QueryProblem>(StatusCodes.Status400BadRequest, SearchProblem.ContentType)
            .ProducesProblem(StatusCodes.Status409Conflict);
        Describe(endpoints.MapDelete($"{Route}/{{id:long}}", ReleaseAsync))
            .WithName("ReleaseHold")
            .WithSummary("Release a legal hold")
            .WithDescription("It stays in the list. What it kept beyond its time, and no other hold keeps, goes with the next look of retention.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<IResult> ListAsync(HoldTable holds, HeldCounts counts, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        var all = await holds.ListAsync(cancellationToken);
        var kept = await counts.CountAsync(all.Where(hold => hold.ReleasedAt is null), cancellationToken);
        var (calls, bytes) = await holds.KeptAsync(cancellationToken);
        return Results.Ok(new HoldList([.. all.OrderBy(hold => hold.ReleasedAt is not null).ThenByDescending(hold => hold.Id).Select(hold => Item(hold, kept.TryGetValue(hold.Id, out var its) ? its : null))], calls, bytes));
    });

    private static Task<IResult> PlaceAsync(HoldRequest request, HttpContext http, HoldTable holds, DatabaseAnswering answering, TimeProvider time, ILogger<HoldTable> logger, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if (HoldReader.Read(request, time.GetUtcNow(), out var errors) is not var (name, query, range, reason))
        {
            return SearchProblem.BadRequest(errors);
        }

        try
        {
            if (await holds.TryAddAsync(name, query, range, reason, http.User.Identity?.Name ?? "", cancellationToken) is not { } hold)
            {
                return Results.Problem($"name: there is a legal hold {name} already; release it first, or choose another name.", statusCode: StatusCodes.Status409Conflict);
            }

            logger.HoldPlaced(hold.PlacedBy, name, JsonEncodedText.Encode(query).Value, range.From, range.To, reason);
            return Results.Json(Item(hold, null), statusCode: StatusCodes.Status201Created);
        }
        catch (PostgresException e) when (e.IsTaken())
        {
            return SearchProblem.Unavailable("Calls are being dropped or purged, and no hold can begin meanwhile: nothing is held yet. Try again in a moment.");
        }
    });

    private static Task<IResult> ReleaseAsync(long id, HttpContext http, HoldTable holds, DatabaseAnswering answering, ILogger<HoldTable> logger, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        var who = http.User.Identity?.Name ?? "";
        if (await holds.ReleaseAsync(id, who, cancellationToken) is not { } name)
        {
            return Results.Problem($"No legal hold {id} is in force.", statusCode: StatusCodes.Status404NotFound);
        }

        logger.HoldReleased(who, name);
        return Results.NoContent();
    });

    private static HoldItem Item(Hold hold, long? kept) => new(
        hold.Id, hold.Name, hold.Query, hold.Range.From, hold.Range.To, hold.Reason, hold.PlacedBy, hold.PlacedAt, hold.ReleasedBy, hold.ReleasedAt is { } at ? at : null, kept);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Holds")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
