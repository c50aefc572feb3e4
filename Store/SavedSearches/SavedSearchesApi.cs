using System.ComponentModel;
using System.Security.Claims;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Search;
using Microsoft.AspNetCore.Mvc;

namespace KubeLens.Store.SavedSearches;

/// <summary><c>GET</c>, <c>PUT</c> and <c>DELETE /api/v1/saved-searches/{name}</c>, and <c>GET /api/v1/saved-searches</c>.</summary>
internal static class SavedSearchesApi
{
    public const string Route = "/api/v1/saved-searches";

    public static void MapSavedSearches(this IEndpointRouteBuilder endpoints)
    {
        Describe(endpoints.MapGet(Route, ListAsync))
            .WithName("ListSavedSearches")
            .WithSummary("One's own searches, and those that others share")
            .Produces<SavedSearchList>();
        Describe(endpoints.MapGet($"{Route}/{{name}}", GetAsync))
            .WithName("GetSavedSearch")
            .WithSummary("A search that is kept")
            .Produces<SavedSearchItem>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        Describe(endpoints.MapPut($"{Route}/{{name}}", PutAsync))
            .WithName("PutSavedSearch")
            .WithSummary("Keep a search")
            .WithDescription("In place of one's own of that name. A query or time that cannot be run is refused as the search refuses it.")
            .Produces<SavedSearchItem>()
            .Produces<QueryProblem>(StatusCodes.Status400BadRequest, SearchProblem.ContentType)
            .ProducesProblem(StatusCodes.Status409Conflict);
        Describe(endpoints.MapDelete($"{Route}/{{name}}", DeleteAsync))
            .WithName("DeleteSavedSearch")
            .WithSummary("Keep a search no longer")
            .WithDescription("One's own; an admin may name another owner.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<IResult> ListAsync(HttpContext http, SavedSearchTable searches, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
        Results.Ok(new SavedSearchList(await searches.ListAsync(UserOf(http), cancellationToken))));

    private static Task<IResult> GetAsync(string name, [FromQuery, Description("Whose; one's own when absent.")] string? owner, HttpContext http, SavedSearchTable searches, DatabaseAnswering answering, CancellationToken cancellationToken) =>
        answering.AnswerAsync(async () => await searches.FindAsync(name, owner ?? UserOf(http), UserOf(http), cancellationToken) is { } item ? Results.Ok(item) : Missing(name, owner ?? UserOf(http)));

    private static Task<IResult> PutAsync(string name, SavedSearchRequest request, HttpContext http, SavedSearchTable searches, DatabaseAnswering answering, TimeProvider time, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if (SavedSearchReader.Read(name, request, UserOf(http), time.GetUtcNow(), out var errors) is not { } item)
        {
            return SearchProblem.BadRequest(errors);
        }

        return await searches.PutAsync(item, cancellationToken)
            ? Results.Ok(item)
            : Results.Problem($"You keep {SavedSearchTable.Most} searches, as many as there may be: delete one first.", statusCode: StatusCodes.Status409Conflict);
    });

    private static Task<IResult> DeleteAsync(string name, [FromQuery, Description("Whose; one's own when absent. Of others for an admin only.")] string? owner, HttpContext http, SavedSearchTable searches, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        var whose = owner ?? UserOf(http);
        if (whose != UserOf(http) && !http.User.IsInRole(nameof(StoreRole.Admin)))
        {
            return Results.Problem($"owner: the searches of {whose} are not yours; only an admin may delete them.", statusCode: StatusCodes.Status403Forbidden);
        }

        return await searches.DeleteAsync(name, whose, cancellationToken) ? Results.NoContent() : Missing(name, whose);
    });

    private static string UserOf(HttpContext http) => http.User.FindFirstValue(BearerHandler.UserClaim) ?? "";

    private static IResult Missing(string name, string owner) => Results.Problem($"{owner} keeps no search \"{name}\".", statusCode: StatusCodes.Status404NotFound);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Searches")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
