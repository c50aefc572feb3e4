using System.Security.Claims;

namespace KubeLens.Portal.SignIn;

/// <summary>What the role of a session opens, as far as pages show it or not. The Store decides.</summary>
internal static class SessionRoles
{
    private const string Admin = "admin";
    private const string Auditor = "auditor";

    public static bool IsAdmin(this ClaimsPrincipal user) => Has(user, Admin);

    public static bool MaySeeHolds(this ClaimsPrincipal user) => Has(user, Auditor) || user.IsAdmin();

    private static bool Has(ClaimsPrincipal user, string role) => string.Equals(user.FindFirstValue(ClaimTypes.Role), role, StringComparison.OrdinalIgnoreCase);
}
