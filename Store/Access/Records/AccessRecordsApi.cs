using System.ComponentModel;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Search;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.Access.Records;

/// <summary><c>GET /api/v1/access-records</c>.</summary>
internal static class AccessRecordsApi
{
    public const string Route = "/api/v1/access-records";

    public static void MapAccessRecords(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Route, ListAsync)
        .WithTags("Access")
        .WithName("ListAccessRecords")
        .WithSummary("Who read what was sent and answered, newest first")
        .WithDescription("Bodies of calls, recordings, objects, changes, histories and exports with bodies. Returns a page; pass its \"next\" as cursor, with the same parameters, for the page after it.")
        .Produces<AccessRecordPage>()
        .ProducesSearchProblems();

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static Task<IResult> ListAsync(
        HttpContext http, AccessRecordTable records, SearchAnswering answering, ILogger<AccessRecordTable> logger,
        [FromQuery, Description("Read at or after: RFC 3339, Unix seconds, or relative such as now-15m. Default now-7d.")] string? from,
        [FromQuery, Description("Read at or before. Default now.")] string? to,
        [FromQuery, Description("Most records on the page, 1 to 1000. Default 100.")] string? limit,
        [FromQuery, Description("The \"next\" of the page before.")] string? cursor,
        [FromQuery, Description("Only what they read: a \"who\" of a record.")] string? who,
        [FromQuery, Description("Only what was read of this call: its id.")] string? call,
        CancellationToken cancellationToken)
    {
        _ = (from, to, limit, cursor, who, call);
        var request = AccessRecordRequest.Read(http.Request.Query, answering.Now, out var errors);
        return answering.AnswerAsync(request, errors, "", records.ListAsync, Results.Ok, logger, cancellationToken);
    }
}
