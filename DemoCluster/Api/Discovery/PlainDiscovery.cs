using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Api.Discovery;

/// <summary>Discovery one document a group and version, which every client reads.</summary>
internal static class PlainDiscovery
{
    public static JsonObject Versions(string host) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = Texts(GroupVersions.VersionsOf("")),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = host }),
    };

    public static JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupVersions.All.Select(entry => entry.Group).Where(group => group.Length > 0).Distinct().Select(GroupEntry)]),
    };

    /// <returns>Null for a group that is not served.</returns>
    public static JsonObject? Group(string group)
    {
        if (group.Length == 0 || !GroupVersions.VersionsOf(group).Any())
        {
            return null;
        }

        var document = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (name, node) in GroupEntry(group).ToList())
        {
            document[name] = node?.DeepClone();
        }

        return document;
    }

    /// <returns>Null for a version that is not served.</returns>
    public static JsonObject? Resources(string group, string version)
    {
        var kinds = GroupVersions.KindsOf(group, version);
        return kinds.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = kinds[0].ApiVersion,
            ["resources"] = new JsonArray([.. kinds.SelectMany(kind => kind.Subresources.Order(StringComparer.Ordinal).Select(name => Subresource(kind, name)).Prepend(Resource(kind)))]),
        };
    }

    private static JsonObject GroupEntry(string group)
    {
        var versions = GroupVersions.VersionsOf(group).Select(version => new JsonObject { ["groupVersion"] = $"{group}/{version}", ["version"] = version }).ToList();
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static JsonObject Resource(ResourceKind kind)
    {
        var resource = new JsonObject
        {
            ["name"] = kind.Resource,
            ["singularName"] = kind.Singular,
            ["namespaced"] = kind.Namespaced,
            ["kind"] = kind.Kind,
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

        return resource;
    }

    private static JsonObject Subresource(ResourceKind kind, string name)
    {
        var part = ServedVerbs.Of(kind, name);
        var resource = new JsonObject { ["name"] = $"{kind.Resource}/{name}", ["singularName"] = "", ["namespaced"] = kind.Namespaced };
        if (part.Group != kind.Group || part.Version != kind.Version)
        {
            resource["group"] = part.Group;
            resource["version"] = part.Version;
        }

        resource["kind"] = part.Kind;
        resource["verbs"] = Texts(part.Verbs);
        return resource;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
