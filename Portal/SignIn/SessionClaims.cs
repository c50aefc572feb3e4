using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace KubeLens.Portal.SignIn;

/// <summary>A user's session with the Store as it travels in the encrypted cookie; the portal has no token of its own.</summary>
internal static class SessionClaims
{
    private const string Token = "kubelens:token";
    private const string Expires = "kubelens:expires";

    public static ClaimsPrincipal Create(StoreSession session) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, session.User),
            new Claim(ClaimTypes.Role, session.Role),
            new Claim(Token, session.Token),
            new Claim(Expires, session.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>The user's bearer for the Store, or null when it has expired or there is none.</summary>
    public static string? TokenOf(ClaimsPrincipal user, DateTimeOffset now)
        => DateTimeOffset.TryParse(user.FindFirstValue(Expires), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var expires) && now < expires
            ? user.FindFirstValue(Token)
            : null;
}
