namespace KubeLens.Gateway.Upstream;

/// <summary>The groups that an apiserver itself gives to users.</summary>
internal static class UserGroups
{
    private const string AuthenticatedGroup = "system:authenticated";
    private const string UnauthenticatedGroup = "system:unauthenticated";
    private const string AnonymousUser = "system:anonymous";
    private const string ServiceAccountPrefix = "system:serviceaccount:";
    private const string ServiceAccountsGroup = "system:serviceaccounts";

    /// <summary>A call without any credential, where the apiserver allows it at all.</summary>
    public static UpstreamIdentity Anonymous { get; } = new(AnonymousUser, [UnauthenticatedGroup], UserSources.Unknown);

    public static IReadOnlyList<string> Authenticated(IEnumerable<string> groups) => [.. groups.Append(AuthenticatedGroup).Distinct()];

    /// <summary>Null when <paramref name="user"/> is no service account.</summary>
    public static IReadOnlyList<string>? OfServiceAccount(string user) =>
        user.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) && user[ServiceAccountPrefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 }]
            ? [ServiceAccountsGroup, $"{ServiceAccountsGroup}:{ns}"]
            : null;

    /// <summary>As the apiserver's impersonation filter completes them.</summary>
    public static IReadOnlyList<string> Impersonated(string user, IReadOnlyList<string> groups)
    {
        var all = groups.Count > 0 ? groups : OfServiceAccount(user) ?? [];
        return user == AnonymousUser ? [.. all.Append(UnauthenticatedGroup).Distinct()]
            : all.Contains(UnauthenticatedGroup) ? all
            : Authenticated(all);
    }
}
