using KubeLens.Gateway.Normalize;

namespace KubeLens.DemoCluster.Access;

/// <summary>What is asked of the authorizer: may this user do that? Absent text is empty.</summary>
internal sealed record AccessAttributes
{
    public required DemoUser User { get; init; }
    public required string Verb { get; init; }
    public bool IsResource { get; init; } = true;
    public string Group { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Of a request that is not for a resource.</summary>
    public string Path { get; init; } = "";

    public string CombinedResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    public static AccessAttributes Of(DemoUser user, RequestInfo info) => new()
    {
        User = user,
        Verb = info.Verb,
        IsResource = info.IsResourceRequest,
        Group = info.ApiGroup,
        Resource = info.Resource,
        Subresource = info.Subresource,
        Namespace = info.Namespace,
        Name = info.Name,
        Path = info.Path,
    };
}
