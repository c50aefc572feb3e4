using Microsoft.AspNetCore.Http.HttpResults;

namespace KubeLens.Store.Access;

/// <summary><c>POST /api/v1/sessions</c>: a one-time login code becomes a session token.</summary>
internal static class SessionsApi
{
    public const string Route = "/api/v1/sessions";

    private const int MaxCodeLength = 256;

    public static RouteHandlerBuilder MapSessions(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost(Route, Start)
        .WithName("StartSession")
        .WithTags("Access")
        .WithSummary("Sign in with a one-time login code")
        .WithDescription("The code is used up, whatever becomes of the answer.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static Results<Ok<SessionStarted>, ProblemHttpResult> Start(SessionRequest request, LoginCodes codes, SessionTokens tokens, ILogger<LoginCodes> logger)
    {
        if (string.IsNullOrWhiteSpace(request.Code) || request.Code.Length > MaxCodeLength)
        {
            return TypedResults.Problem($"code: expected the login code, 1 to {MaxCodeLength} characters", statusCode: StatusCodes.Status400BadRequest);
        }

        if (codes.Use(request.Code.Trim()) is not { } given)
        {
            logger.LoginRefused();
            return TypedResults.Problem("The login code is unknown, too old or has been used. Take the newest link: a fresh one is printed when the old one is used.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var (token, session) = tokens.Issue(given.Role, given.User);
        logger.SessionStarted(session.Id, given.User, given.Role.Name(), session.ExpiresAt);
        return TypedResults.Ok(new SessionStarted(token, given.Role.Name(), session.ExpiresAt, given.User));
    }
}
