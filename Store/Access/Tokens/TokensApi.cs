using KubeLens.Contracts.Access;
using KubeLens.Store.Database;

namespace KubeLens.Store.Access.Tokens;

/// <summary><c>POST</c>, <c>GET</c> and <c>DELETE /api/v1/tokens</c>.</summary>
internal static class TokensApi
{
    public const string Route = "/api/v1/tokens";

    public static void MapTokens(this IEndpointRouteBuilder endpoints)
    {
        Describe(endpoints.MapPost(Route, MakeAsync))
            .WithName("MakeToken")
            .WithSummary("Make a token for scripts")
            .WithDescription("The answer tells it this once: only its hash is kept.")
            .Produces<ApiTokenMade>(StatusCodes.Status201Created)
            .ProducesValidationProblem();
        Describe(endpoints.MapGet(Route, ListAsync))
            .WithName("ListTokens")
            .WithSummary("Every token for scripts, without its secret")
            .Produces<ApiTokenList>();
        Describe(endpoints.MapDelete($"{Route}/{{id:long}}", RevokeAsync))
            .WithName("RevokeToken")
            .WithSummary("End a token at once")
            .WithDescription("It stays in the list. Of one that is revoked already, who did it first stays.")
            .Produces<ApiTokenItem>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task<IResult> MakeAsync(ApiTokenRequest request, HttpContext http, ApiTokenTable tokens, DatabaseAnswering answering, TimeProvider time, ILogger<ApiTokenTable> logger, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if (NewApiToken.Read(request, time.GetUtcNow(), out var errors) is not { } wanted)
        {
            return Results.ValidationProblem(errors);
        }

        var (secret, token) = await tokens.AddAsync(wanted, http.User.Identity?.Name ?? "", cancellationToken);
        logger.TokenMade(token.CreatedBy, token.Title, token.Role.Name(), token.ExpiresAt);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new ApiTokenMade(secret, token.ToItem()), statusCode: StatusCodes.Status201Created);
    });

    private static Task<IResult> ListAsync(ApiTokenTable tokens, DatabaseAnswering answering, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
        Results.Ok(new ApiTokenList([.. (await tokens.ListAsync(cancellationToken)).Select(token => token.ToItem())])));

    private static Task<IResult> RevokeAsync(long id, HttpContext http, ApiTokenTable tokens, DatabaseAnswering answering, ILogger<ApiTokenTable> logger, CancellationToken cancellationToken) => answering.AnswerAsync(async () =>
    {
        if (await tokens.RevokeAsync(id, http.User.Identity?.Name ?? "", cancellationToken) is not { } token)
        {
            return Results.Problem($"There is no token {id}.", statusCode: StatusCodes.Status404NotFound);
        }

        logger.TokenRevoked(token.RevokedBy!, token.Title);
        return Results.Ok(token.ToItem());
    });

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Access")
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
