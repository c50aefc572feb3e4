namespace KubeLens.Gateway.Upstream;

/// <summary>
/// A user as <c>X-Remote-*</c> headers, under the names that apiservers expect by default.
/// <see href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy"/>
/// </summary>
/// <param name="source">As <see cref="UserSources"/>.</param>
internal sealed class RemoteHeaders(string user, IReadOnlyList<string> groups, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> extra, string source)
{
    private readonly List<KeyValuePair<string, string>> _headers =
    [
        new("X-Remote-User", user),
        .. groups.Select(group => KeyValuePair.Create("X-Remote-Group", group)),
        .. extra.SelectMany(one => one.Value.Select(value => KeyValuePair.Create("X-Remote-Extra-" + ImpersonationHeaders.EscapeKey(one.Key), value))),
    ];

    public UpstreamIdentity Identity { get; } = new(user, UserGroups.Authenticated(groups), source);

    public void Apply(HttpRequestMessage request)
    {
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
