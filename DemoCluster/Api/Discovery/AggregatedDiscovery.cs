using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary>
/// Discovery in one document (<c>apidiscovery.k8s.io APIGroupDiscoveryList</c>), for clients that ask
/// <c>Accept: application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList</c>.
/// </summary>
internal static class AggregatedDiscovery
{
    private static readonly string[] Known = ["v2", "v2beta1"];

    /// <returns>The first version in the Accept header that is known; null when plain discovery is asked for first, or only.</returns>
    public static string? Version(HttpRequest request)
    {
        foreach (var entry in request.Headers.Accept.ToString().Split(','))
        {
            var parts = entry.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Contains("as=APIGroupDiscoveryList") && parts.Contains("g=apidiscovery.k8s.io") && parts[0] == "application/json")
            {
                if (Known.FirstOrDefault(version => parts.Contains($"v={version}")) is { } found)
                {
                    return found;
                }
            }
            else if (parts is ["application/json" or "*/*"])
            {
                return null;
            }
        }

        return null;
    }

    public static JsonObject Of(bool core, string version) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = $"apidiscovery.k8s.io/{version}",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. GroupVersions.All.Select(entry => entry.Group).Distinct().Where(group => group.Length == 0 == core).Select(Group)]),
    };

    private static JsonObject Group(string group)
    {
        var metadata = new JsonObject { ["creationTimestamp"] = null };
        if (group.Length > 0)
        {
            metadata["name"] = group;
        }

        return new JsonObject
        {
            ["metadata"] = metadata,
            ["versions"] = new JsonArray([.. GroupVersions.VersionsOf(group).Select(version => new JsonObject
            {
                ["version"] = version,
                ["resources"] = new JsonArray([.. GroupVersions.KindsOf(group, version).Select(Resource)]),
                ["freshness"] = "Current",
            })]),
        };
    }

    private static JsonObject Resource(ResourceKind kind)
    {
        var resource = new JsonObject
        {
            ["resource"] = kind.Resource,
            ["responseKind"] = Kind(kind.Group, kind.Version, kind.Kind),
            ["scope"] = kind.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = kind.Singular,
            ["verbs"] = Texts(ServedVerbs.Of(kind)),
        };
        if (kind.ShortNames.Length > 0)
        {
            resource["shortNames"] = Texts(kind.ShortNames);
        }

        if (kind.Categories.Length > 0)
        {
            resource["categories"] = Texts(kind.Categories);
        }

        if (kind.Subresources.Length > 0)
        {
            resource["subresources"] = new JsonArray([.. kind.Subresources.Order(StringComparer.Ordinal).Select(name => Subresource(ServedVerbs.Of(kind, name)))]);
        }

        return resource;
    }

    private static JsonObject Subresource(ServedVerbs.Subresource part) => new()
    {
        ["subresource"] = part.Name,
        ["responseKind"] = Kind(part.Group, part.Version, part.Kind),
        ["verbs"] = Texts(part.Verbs),
    };

    private static JsonObject Kind(string group, string version, string kind) => new() { ["group"] = group, ["version"] = version, ["kind"] = kind };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
