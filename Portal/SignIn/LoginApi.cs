using KubeLens.Portal.Hosting;
using KubeLens.Portal.Store;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KubeLens.Portal.SignIn;

/// <summary>The login link: one code, one session. The Store decides; the portal only carries.</summary>
internal static class LoginApi
{
    public static async Task<RedirectHttpResult> RedeemAsync(string? code, HttpContext context, StoreSessions sessions, ILogger<StoreSession> logger, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return TypedResults.Redirect(SignInReason.Page(SignInReason.Used));
        }

        var answer = await sessions.RedeemAsync(code, cancellationToken);
        if (answer.Value is not { } session)
        {
            if (answer.Outcome != StoreOutcome.SignedOut)
            {
                return TypedResults.Redirect(SignInReason.Page(SignInReason.Unreachable));
            }

            logger.SignInRefused();
            return TypedResults.Redirect(SignInReason.Page(SignInReason.Used));
        }

        await context.SignInAsync(SessionClaims.Create(session), new AuthenticationProperties { ExpiresUtc = session.ExpiresAt, IsPersistent = true });
        logger.SignedIn(session.Role, session.ExpiresAt);
        return TypedResults.Redirect("/search");
    }

    public static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        await antiforgery.ValidateRequestAsync(context);
        await context.SignOutAsync();
        return TypedResults.Redirect(SignInReason.Page(SignInReason.SignedOut));
    }
}
