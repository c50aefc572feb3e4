using KubeLens.Contracts.Search;

namespace KubeLens.Store.Search;

internal static class SearchProblemExtensions
{
    /// <summary>What an endpoint answers, in the OpenAPI document, when it does not give what it is asked for: what searches have in common.</summary>
    public static RouteHandlerBuilder ProducesSearchProblems(this RouteHandlerBuilder endpoint) => endpoint
        .Produces<QueryProblem>(StatusCodes.Status400BadRequest, SearchProblem.ContentType)
        .Produces<QueryProblem>(StatusCodes.Status503ServiceUnavailable, SearchProblem.ContentType)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);
}
