using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Rbac;

/// <summary>One rule of a role, and what it matches (pkg/apis/rbac/v1/evaluation_helpers.go).</summary>
internal sealed class PolicyRule(JsonNode rule)
{
    private const string Any = "*";

    public IReadOnlyList<string> Verbs { get; } = rule.Texts("verbs");
    public IReadOnlyList<string> ApiGroups { get; } = rule.Texts("apiGroups");
    public IReadOnlyList<string> Resources { get; } = rule.Texts("resources");
    public IReadOnlyList<string> ResourceNames { get; } = rule.Texts("resourceNames");
    public IReadOnlyList<string> NonResourceUrls { get; } = rule.Texts("nonResourceURLs");

    public bool Allows(AccessAttributes asked)
    {
        if (!Has(Verbs, asked.Verb))
        {
            return false;
        }

        return asked.IsResource
            ? Has(ApiGroups, asked.Group) && HasResource(asked) && (ResourceNames.Count == 0 || ResourceNames.Contains(asked.Name))
            : HasUrl(asked.Path);
    }

    private bool HasResource(AccessAttributes asked)
    {
        foreach (var resource in Resources)
        {
            if (resource == Any || (asked.Subresource.Length == 0 ? resource == asked.Resource : IsSubresource(resource, asked)))
            {
                return true;
            }
        }

        return false;
    }

    // "pods/log", "*/scale"
    private static bool IsSubresource(string resource, AccessAttributes asked)
    {
        var slash = resource.IndexOf('/');
        return slash > 0 && resource.AsSpan(slash + 1).SequenceEqual(asked.Subresource)
            && (resource.AsSpan(0, slash) is Any || resource.AsSpan(0, slash).SequenceEqual(asked.Resource));
    }

    private bool HasUrl(string path)
    {
        foreach (var url in NonResourceUrls)
        {
            if (url == path || (url.EndsWith('*') && path.AsSpan().StartsWith(url.AsSpan(0, url.Length - 1))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(IReadOnlyList<string> list, string wanted)
    {
        foreach (var entry in list)
        {
            if (entry == Any || entry == wanted)
            {
                return true;
            }
        }

        return false;
    }
}
