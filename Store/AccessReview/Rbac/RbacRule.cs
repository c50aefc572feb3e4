namespace KubeLens.Store.AccessReview.Rbac;

/// <summary>A rule, as a Role or ClusterRole has it (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).</summary>
internal sealed record RbacRule
{
    public IReadOnlyList<string> ApiGroups { get; init; } = [];
    public IReadOnlyList<string> Resources { get; init; } = [];
    public IReadOnlyList<string> ResourceNames { get; init; } = [];
    public IReadOnlyList<string> NonResourceUrls { get; init; } = [];
    public required IReadOnlyList<string> Verbs { get; init; }
}
