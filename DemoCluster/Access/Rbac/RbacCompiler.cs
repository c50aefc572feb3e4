using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Access.Rbac;

/// <summary>Makes an <see cref="RbacPolicy"/> of the store's roles and bindings.</summary>
internal sealed class RbacCompiler(IObjectStore store)
{
    private readonly Dictionary<string, List<RbacGrant>> _users = [];
    private readonly Dictionary<string, List<RbacGrant>> _groups = [];
    private readonly Dictionary<(string Namespace, string Name), IReadOnlyList<PolicyRule>> _roles = [];

    public static RbacPolicy Compile(IObjectStore store) => new RbacCompiler(store).Compile();

    private RbacPolicy Compile()
    {
        var clusterRoles = List("ClusterRole");
        foreach (var role in clusterRoles)
        {
            _roles[("", Name(role))] = [.. role["aggregationRule"] is null ? Rules(role) : Aggregated(role, clusterRoles)];
        }

        foreach (var role in List("Role"))
        {
            _roles[(Namespace(role), Name(role))] = [.. Rules(role)];
        }

        foreach (var binding in List("ClusterRoleBinding").Concat(List("RoleBinding")))
        {
            Bind(binding);
        }

        return new RbacPolicy(_users, _groups);
    }

    private void Bind(JsonObject binding)
    {
        var ns = Namespace(binding);
        var (kind, role) = (binding.Text("roleRef.kind"), binding.Text("roleRef.name"));
        if (!_roles.TryGetValue((kind == "Role" ? ns : "", role), out var rules))
        {
            return;
        }

        var bound = ns.Length == 0 ? $"ClusterRoleBinding \"{Name(binding)}\"" : $"RoleBinding \"{Name(binding)}/{ns}\"";
        foreach (var subject in binding.Maps("subjects"))
        {
            var (type, name) = (subject.Text("kind"), subject.Text("name"));
            var account = type != "ServiceAccount" ? "" : subject.Text("namespace") is { Length: > 0 } named ? named : ns;
            var shown = type == "ServiceAccount" ? $"{name}/{account}" : name;
            var key = type == "ServiceAccount" ? $"system:serviceaccount:{account}:{name}" : name;
            var grants = type == "Group" ? _groups : _users;
            if (!grants.TryGetValue(key, out var list))
            {
                grants[key] = list = [];
            }

            list.Add(new RbacGrant(rules, ns, $"RBAC: allowed by {bound} of {kind} \"{role}\" to {type} \"{shown}\""));
        }
    }

    /// <summary>Of the roles that the selectors pick; the role's own are whatever a controller wrote there last.</summary>
    private static IEnumerable<PolicyRule> Aggregated(JsonObject role, IReadOnlyList<JsonObject> all)
    {
        var selectors = role.Maps("aggregationRule.clusterRoleSelectors").ToList();
        return all.Where(other => other != role && selectors.Any(selector => Matches(selector, other))).SelectMany(Rules);
    }

    private static bool Matches(JsonObject selector, JsonObject role) =>
        selector.At("matchLabels") is JsonObject wanted && wanted.All(label => role.Map("metadata.labels")?[label.Key].Text() is { Length: > 0 } value && value == label.Value.Text());

    private static IEnumerable<PolicyRule> Rules(JsonObject role) => role.Maps("rules").Select(rule => new PolicyRule(rule));

    private IReadOnlyList<JsonObject> List(string kind) => store.List(ResourceKinds.Named(kind), "").Items;

    private static string Name(JsonObject value) => value.Text("metadata.name");

    private static string Namespace(JsonObject value) => value.Text("metadata.namespace");
}
