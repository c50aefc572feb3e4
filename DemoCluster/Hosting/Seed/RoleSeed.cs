using System.Text.Json.Nodes;
using static KubeLens.DemoCluster.Hosting.Seed.RbacJson;

namespace KubeLens.DemoCluster.Hosting.Seed;

/// <summary>
/// The roles that a cluster comes with, for what this one serves, and those of the demo's people. See
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings.
/// </summary>
internal static class RoleSeed
{
    private const string Everything = "*";
    private const string Workloads = "deployments deployments/scale replicasets replicasets/scale";
    private const string Rbac = "rbac.authorization.k8s.io";

    public static IEnumerable<JsonObject> ClusterRoles() =>
    [
        ClusterRole("cluster-admin", Rule("*", Everything, Everything), All()),
        Aggregate("admin", [.. View(), .. Edit(), .. Admin()]),
        Aggregate("edit", [.. View(), .. Edit()]),
        Aggregate("view", [.. View()]),
        Part("admin", [.. Admin()]),
        Part("edit", [.. Edit()]),
        Part("view", [.. View()]),
        ClusterRole("system:basic-user", Rule("create", "authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews"), Rule("create", "authentication.k8s.io", "selfsubjectreviews")),
        ClusterRole("system:discovery", Urls("/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/")),
        ClusterRole("system:public-info-viewer", Urls("/healthz /livez /readyz /version /version/")),
        ClusterRole("system:monitoring", Urls("/healthz /healthz/* /livez /livez/* /metrics /readyz /readyz/*")),
        ClusterRole("system:auth-delegator", Rule("create", "authentication.k8s.io", "tokenreviews"), Rule("create", "authorization.k8s.io", "subjectaccessreviews")),
        .. Components(),
        .. People(),
    ];

    private static IEnumerable<JsonObject> View() =>
    [
        Rule(Read, "core", "configmaps endpoints events namespaces namespaces/status pods pods/log pods/status serviceaccounts services services/status"),
        Rule(Read, "apps", Workloads + " deployments/status replicasets/status"),
        Rule(Read, "batch", "cronjobs cronjobs/status"),
        Rule(Read, "events.k8s.io", "events"),
    ];

    private static IEnumerable<JsonObject> Edit() =>
    [
        Rule(Read, "core", "pods/attach pods/exec pods/portforward secrets"),
        Rule("impersonate", "core", "serviceaccounts"),
        Rule(Write, "core", "configmaps endpoints pods pods/attach pods/exec pods/portforward secrets serviceaccounts services"),
        Rule("create", "core", "pods/eviction serviceaccounts/token"),
        Rule(Write, "apps", Workloads),
        Rule(Write, "batch", "cronjobs"),
        Rule($"{Read} {Write}", "coordination.k8s.io", "leases"),
    ];

    private static IEnumerable<JsonObject> Admin() =>
    [
        Rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
        Rule($"{Read} {Write}", Rbac, "rolebindings roles"),
    ];

    private static IEnumerable<JsonObject> Components() =>
    [
        ClusterRole(
            "system:kube-controller-manager",
            Rule("create patch update", "core events.k8s.io", "events"),
            Rule("create get update", "coordination.k8s.io", "leases"),
            Rule("create delete get patch update", "core", "configmaps endpoints namespaces namespaces/finalize namespaces/status nodes nodes/status pods pods/status secrets serviceaccounts services services/status"),
            Rule("create delete get patch update", "apps batch", "deployments deployments/status replicasets replicasets/status cronjobs cronjobs/status"),
            Rule("create", "authentication.k8s.io", "tokenreviews"),
            Rule("create", "authorization.k8s.io", "subjectaccessreviews"),
            Rule("create", "core", "serviceaccounts/token"),
            Rule("list watch", Everything, Everything)),
        ClusterRole(
            "system:kube-scheduler",
            Rule("create patch update", "core events.k8s.io", "events"),
            Rule("create get update", "coordination.k8s.io", "leases"),
            Rule(Read, "core", "namespaces nodes services"),
            Rule($"delete {Read}", "core", "pods"),
            Rule("create", "core", "pods/binding"),
            Rule("patch update", "core", "pods/status"),
            Rule(Read, "apps", "replicasets")),
        ClusterRole(
            "system:node",
            Rule("create", "authentication.k8s.io", "tokenreviews"),
            Rule("create", "authorization.k8s.io", "localsubjectaccessreviews subjectaccessreviews"),
            Rule(Read, "core", "configmaps pods secrets services"),
            Rule($"create {Read} patch update", "core", "nodes"),
            Rule("patch update", "core", "nodes/status pods/status"),
            Rule("create patch update", "core", "events"),
            Rule("create delete", "core", "pods"),
            Rule("create", "core", "pods/eviction serviceaccounts/token"),
            Rule("get", "core", "endpoints"),
            Rule("create delete get patch update", "coordination.k8s.io", "leases")),
    ];

    private static IEnumerable<JsonObject> People() =>
    [
        ClusterRole("contractor", Rule(Read, "core", "namespaces events")),
        ClusterRole("site-reliability", Rule($"{Read} {Write}", Everything, "namespaces nodes clusterroles clusterrolebindings"), Rule(Read, Everything, Everything)),
        ClusterRole(
            "kubelens-gateway",
            Rule("impersonate", "core", "users groups serviceaccounts"),
            Rule("impersonate", "authentication.k8s.io", "*")), // userextras/KEY cannot be named with a pattern
    ];

    private static JsonObject Part(string name, JsonObject[] rules)
    {
        var role = ClusterRole($"system:aggregate-to-{name}", rules);
        role["metadata"]!["labels"]![Label(name)] = "true";
        return role;
    }

    /// <summary>With its rules filled in, as a cluster's controller would.</summary>
    private static JsonObject Aggregate(string name, JsonObject[] rules)
    {
        var role = ClusterRole(name, rules);
        role["aggregationRule"] = new JsonObject { ["clusterRoleSelectors"] = new JsonArray(new JsonObject { ["matchLabels"] = new JsonObject { [Label(name)] = "true" } }) };
        if (name is "view" or "edit")
        {
            // What may be viewed may be viewed by who may edit, and so on.
            role["metadata"]!["labels"]![Label(name == "view" ? "edit" : "admin")] = "true";
        }

        return role;
    }

    private static string Label(string name) => $"rbac.authorization.k8s.io/aggregate-to-{name}";
}
