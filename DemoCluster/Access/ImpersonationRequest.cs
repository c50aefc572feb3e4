using KubeLens.DemoCluster.Api;
using KubeLens.Gateway.Normalize;
using KubeLens.Gateway.Upstream;

namespace KubeLens.DemoCluster.Access;

/// <summary>The <c>Impersonate-*</c> headers of a request, as the API server reads them.</summary>
internal sealed record ImpersonationRequest(string User, string Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra)
{
    private const string Prefix = "Impersonate-";
    private const string ExtraPrefix = "Impersonate-Extra-";
    private const string ServiceAccountPrefix = "system:serviceaccount:";

    /// <returns>Null when there are none.</returns>
    /// <exception cref="ApiException">500, as the API server says it: groups, uid or extras without a user.</exception>
    public static ImpersonationRequest? Read(IHeaderDictionary headers, string path)
    {
        var user = headers["Impersonate-User"].ToString();
        if (user.Length == 0)
        {
            return headers.Keys.FirstOrDefault(key => key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && headers[key].Any(value => value is { Length: > 0 })) is { } other
                ? throw new ApiException(StatusCodes.Status500InternalServerError, "InternalError", $"Internal Server Error: \"{path}\": requested [{other}] without impersonating a user")
                : null;
        }

        var extra = headers.Where(header => header.Key.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => Key(header.Key), IReadOnlyList<string> (header) => [.. header.Value.Select(value => value ?? "")]);
        return new ImpersonationRequest(user, headers["Impersonate-Uid"].ToString(), [.. headers["Impersonate-Group"].Select(group => group ?? "")], extra);
    }

    /// <summary>What the impersonator must be allowed to, one after the other.</summary>
    public IEnumerable<AccessAttributes> Demands(DemoUser impersonator)
    {
        var demand = new AccessAttributes { User = impersonator, Verb = "impersonate" };
        yield return UserGroups.OfServiceAccount(User) is not null && User[ServiceAccountPrefix.Length..].Split(':') is [var ns, var name]
            ? demand with { Resource = "serviceaccounts", Namespace = ns, Name = name }
            : demand with { Resource = "users", Name = User };
        foreach (var group in Groups)
        {
            yield return demand with { Resource = "groups", Name = group };
        }

        var authentication = demand with { Group = "authentication.k8s.io" };
        foreach (var (key, values) in Extra)
        {
            foreach (var value in values)
            {
                yield return authentication with { Resource = "userextras", Subresource = key, Name = value };
            }
        }

        if (Uid.Length > 0)
        {
            yield return authentication with { Resource = "uids", Name = Uid };
        }
    }

    public DemoUser Become() => new(User, UserGroups.Impersonated(User, Groups)) { Uid = Uid, Extra = Extra };

    private static string Key(string header)
    {
        var escaped = header[ExtraPrefix.Length..].ToLowerInvariant();
        return PathText.TryDecode(escaped, plusIsSpace: false, out var key) ? key : escaped;
    }
}
