using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Hosting.Seed;

/// <summary>RBAC objects in few words: lists are texts with spaces between, and <c>core</c> is the group without a name.</summary>
internal static class RbacJson
{
    public const string ApiVersion = "rbac.authorization.k8s.io/v1";
    public const string Read = "get list watch";
    public const string Write = "create delete deletecollection patch update";

    public static JsonObject Rule(string verbs, string groups, string resources, string names = "")
    {
        var rule = new JsonObject { ["verbs"] = List(verbs), ["apiGroups"] = new JsonArray([.. groups.Split(' ').Select(group => JsonValue.Create(group == "core" ? "" : group))]), ["resources"] = List(resources) };
        if (names.Length > 0)
        {
            rule["resourceNames"] = List(names);
        }

        return rule;
    }

    public static JsonObject Urls(string urls) => new() { ["verbs"] = List("get"), ["nonResourceURLs"] = List(urls) };

    public static JsonObject All() => new() { ["verbs"] = List("*"), ["nonResourceURLs"] = List("*") };

    public static JsonObject ClusterRole(string name, params JsonObject[] rules) => new()
    {
        ["apiVersion"] = ApiVersion,
        ["kind"] = "ClusterRole",
        ["metadata"] = Metadata(name),
        ["rules"] = new JsonArray([.. rules]),
    };

    /// <summary>Names of subjects with their kind before: <c>Group:dev</c>, <c>User:jane</c>, <c>ServiceAccount:kube-system/default</c>.</summary>
    public static JsonObject ClusterRoleBinding(string name, string role, params string[] subjects) => new()
    {
        ["apiVersion"] = ApiVersion,
        ["kind"] = "ClusterRoleBinding",
        ["metadata"] = Metadata(name),
        ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "ClusterRole", ["name"] = role },
        ["subjects"] = new JsonArray([.. subjects.Select(Subject)]),
    };

    private static JsonObject Subject(string text)
    {
        var (kind, name) = (text[..text.IndexOf(':')], text[(text.IndexOf(':') + 1)..]);
        return kind == "ServiceAccount"
            ? new JsonObject { ["kind"] = kind, ["namespace"] = name.Split('/')[0], ["name"] = name.Split('/')[1] }
            : new JsonObject { ["kind"] = kind, ["apiGroup"] = "rbac.authorization.k8s.io", ["name"] = name };
    }

    private static JsonObject Metadata(string name)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (name is "cluster-admin" or "admin" or "edit" or "view" || name.StartsWith("system:", StringComparison.Ordinal))
        {
            metadata["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" };
            metadata["annotations"] = new JsonObject { ["rbac.authorization.kubernetes.io/autoupdate"] = "true" };
        }

        return metadata;
    }

    private static JsonArray List(string words) => new([.. words.Split(' ').Select(word => JsonValue.Create(word))]);
}
