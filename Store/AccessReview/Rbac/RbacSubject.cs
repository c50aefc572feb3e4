using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KubeLens.Store.AccessReview.Rbac;

/// <summary>Whom a role is bound to, by the name that the apiserver has for them.</summary>
/// <param name="Kind">User or ServiceAccount.</param>
/// <param name="Namespace">Of a ServiceAccount.</param>
/// <param name="Name">Within it.</param>
/// <param name="RoleName">For the roles: of letters that any name may have, and another for each user.</param>
internal sealed record RbacSubject(string Kind, string Namespace, string Name, string RoleName)
{
    public const string User = "User", ServiceAccount = "ServiceAccount";

    private const string Prefix = "system:serviceaccount:";
    private const int MostLetters = 100;
    private const int HashLetters = 8;

    public static RbacSubject Of(string user) => AccountOf(user) is var (space, name) ? new(ServiceAccount, space, name, RoleNameOf(user)) : new(User, "", user, RoleNameOf(user));

    /// <summary>Namespace and name of a service account; null for another user.</summary>
    public static (string Namespace, string Name)? AccountOf(string user) =>
        user.StartsWith(Prefix, StringComparison.Ordinal) && user[Prefix.Length..].Split(':') is [{ Length: > 0 } space, { Length: > 0 } name] ? (space, name) : null;

    // Two users must not have one role: who changes the one's would change the other's.
    private static string RoleNameOf(string user)
    {
        var plain = string.Concat(user.Take(MostLetters).Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')).Trim('-');
        return plain == user ? $"kubelens-{plain}" : string.Create(CultureInfo.InvariantCulture, $"kubelens-{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)))[..HashLetters]}");
    }
}
