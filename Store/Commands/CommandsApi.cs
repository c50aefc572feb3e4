using System.ComponentModel;
using KubeLens.Contracts.Search;
using KubeLens.Store.Search;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.Commands;

/// <summary><c>GET /api/v1/commands</c>: runs of kubectl.</summary>
internal static class CommandsApi
{
    public const string Route = "/api/v1/commands";

    /// <summary>Most runs on a page.</summary>
    public const int MaxLimit = 200;

    private static readonly SearchParameters Parameters = new(["q", "from", "to", "limit", "cursor"]) { MaxLimit = MaxLimit, About = "commands" };

    public static void MapCommands(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Route, ListAsync)
            .WithTags("Commands")
            .WithName("ListCommands")
            .WithSummary("Runs of kubectl commands, newest first")
            .WithDescription("Each run with a call that the query finds, and what all its calls of the range are together. Returns a page, which may be short; pass its \"next\" as cursor, with the same q, from and to, for the page after it. A run's \"query\" finds its calls.")
            .Produces<CommandPage>()
            .ProducesSearchProblems();

    // The parameters are named for the OpenAPI document; they are read from the query itself, so that a bad one is told as the others are.
    private static Task<IResult> ListAsync(
        HttpContext http, CommandRunsReader reader, ContentAccess access, SearchAnswering answering, ILogger<CommandRunsReader> logger,
        [FromQuery, Description("Which calls a run has to have one of, in the query language; any when absent.")] string? q,
        [FromQuery, Description("Completed at or after: RFC 3339, Unix seconds, or relative such as now-15m. Default now-1h.")] string? from,
        [FromQuery, Description("Completed at or before. Default now.")] string? to,
        [FromQuery, Description("Most runs on the page, 1 to 200. Default 100.")] string? limit,
        [FromQuery, Description("The \"next\" of the page before.")] string? cursor,
        CancellationToken cancellationToken)
    {
        _ = (q, from, to, limit, cursor);
        var read = SearchRequestReader.Read(http.Request.Query, Parameters, answering.Now, out var errors);
        var request = ContentAccess.Allow(http.User, read, wanted => wanted.Query, q, ref errors);
        return answering.AnswerAsync(request, errors, q ?? "", access.Recorded<SearchRequest, CommandPage>(http.User, q, reader.ReadAsync), Results.Ok, logger, cancellationToken);
    }
}
