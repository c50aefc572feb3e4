using System.Diagnostics.CodeAnalysis;
using KubeLens.Portal.SignIn;

namespace KubeLens.Portal.Store;

/// <summary>What the portal answers of itself where a browser expects a file.</summary>
internal static class DownloadAnswers
{
    /// <summary>No redirect to the sign-in page: the browser would save that as the file.</summary>
    public static IResult SignedOut() => Results.Text("The session is over. Sign in again.", statusCode: StatusCodes.Status401Unauthorized);

    /// <summary>Whose token the Store is asked with.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="clock">For the session's end.</param>
    /// <param name="token">The user's own.</param>
    /// <param name="refusal">Where another site asks, or the session is over.</param>
    public static bool TryToken(HttpContext context, TimeProvider clock, [NotNullWhen(true)] out string? token, [NotNullWhen(false)] out IResult? refusal)
    {
        // The cookie comes with links of other sites, too, and nobody but its user may have something read and recorded in their name.
        var isElsewhere = context.Request.Headers["Sec-Fetch-Site"] == "cross-site";
        token = isElsewhere ? null : SessionClaims.TokenOf(context.User, clock.GetUtcNow());
        refusal = token is not null ? null
            : isElsewhere ? Results.Text("This address answers to its own pages only.", statusCode: StatusCodes.Status403Forbidden)
            : SignedOut();
        return token is not null;
    }
}
