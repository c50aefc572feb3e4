using System.ComponentModel;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Clusters;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Database;
using KubeLens.Store.InFlight;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.Search;

/// <summary><c>GET /api/v1/calls</c> and <c>GET /api/v1/calls/{id}</c>.</summary>
internal static class CallsApi
{
    public const string Route = "/api/v1/calls";

    public static RouteGroupBuilder MapCalls(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Route).WithTags("Calls");
        group.MapGet("", SearchAsync)
            .WithName("SearchCalls")
            .WithSummary("Search calls, newest first")
            .WithDescription("Calls that have not ended come first, on the first page only. Returns a page; pass its \"next\" as cursor, with the same q, from and to, for the page after it. A page that looks into bodies may be short: \"searchedTo\" says so. Searching by what bodies hold is recorded.")
            .Produces<CallPage>()
            .ProducesSearchProblems();
        group.MapGet("{id}", GetAsync)
            .WithName("GetCall")
            .WithSummary("One call with its headers and bodies")
            .WithDescription("For a viewer without bodies and without values of headers that may hold content: \"withheld\" names what is left out. Reading a stored body is recorded. The id of a call in flight leads to the ended call for a day after its end.")
            .Produces<CallDetails>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapRecording();
        return group;
    }

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static Task<IResult> SearchAsync(
        HttpContext http, CallSearch search, ContentAccess access, SearchAnswering answering, ILogger<CallSearch> logger,
        [FromQuery, Description("What to find, in the query language; everything when absent.")] string? q,
        [FromQuery, Description("Completed at or after: RFC 3339, Unix seconds, or relative such as now-15m. Default now-1h.")] string? from,
        [FromQuery, Description("Completed at or before. Default now.")] string? to,
        [FromQuery, Description("Most calls on the page, 1 to 1000. Default 100.")] string? limit,
        [FromQuery, Description("The \"next\" of the page before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        _ = (q, from, to, limit, cursor);
        var read = SearchRequestReader.Read(http.Request.Query, answering.Now, out var errors);
        var request = ContentAccess.Allow(http.User, read, wanted => wanted.Query, q, ref errors);
        return answering.AnswerAsync(request, errors, q ?? "", access.Recorded<SearchRequest, CallPage>(http.User, q, search.SearchAsync), Results.Ok, logger, cancellationToken);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, CallDetailsReader reader, OpenCallReader open, AccessRecordTable records, DatabaseAnswering answering, ILogger<CallDetailsReader> logger, CancellationToken cancellationToken)
    {
        var isOpen = OpenCallId.TryParse(id, out var openId);
        if (!CallId.TryParse(id, out var callId) && !isOpen)
        {
            return Results.Problem($"\"{id}\" is no call id.", statusCode: StatusCodes.Status404NotFound);
        }

        return await answering.AnswerAsync(async () =>
        {
            if ((openId is null ? await reader.ReadAsync(callId, cancellationToken) : await open.ReadAsync(openId, cancellationToken)) is not { } call || !http.User.SeesCluster(call.Cluster))
            {
                return Results.Problem(isOpen ? $"Nothing is known of a call {id} that runs. A day after its end it is found by its audit id only: search for audit:…" : $"There is no call {id}; it may have been dropped with its day.", statusCode: StatusCodes.Status404NotFound);
            }

            if (!http.User.SeesBodies())
            {
                return Results.Ok(MetadataView.Of(call));
            }

            if (call.RequestBody?.KeptBytes > 0 || call.ResponseBody?.KeptBytes > 0)
            {
                await records.AddAsync(http.User, new AccessRead(AccessActions.Bodies, call.Id), cancellationToken);
                logger.BodyRead(http.User.Identity?.Name ?? "", call.Id, call.AuditId);
            }

            return Results.Ok(call);
        });
    }
}
