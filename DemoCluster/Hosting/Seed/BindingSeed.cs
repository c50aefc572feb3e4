using System.Text.Json.Nodes;
using static KubeLens.DemoCluster.Hosting.Seed.RbacJson;

namespace KubeLens.DemoCluster.Hosting.Seed;

/// <summary>Who has which role: the bindings that a cluster comes with, and those of the demo's people.</summary>
internal static class BindingSeed
{
    public static IEnumerable<JsonObject> ClusterRoleBindings() =>
    [
        ClusterRoleBinding("cluster-admin", "cluster-admin", "Group:system:masters"),
        ClusterRoleBinding("system:basic-user", "system:basic-user", "Group:system:authenticated"),
        ClusterRoleBinding("system:discovery", "system:discovery", "Group:system:authenticated"),
        ClusterRoleBinding("system:public-info-viewer", "system:public-info-viewer", "Group:system:authenticated", "Group:system:unauthenticated"),
        ClusterRoleBinding("system:monitoring", "system:monitoring", "Group:system:monitoring"),
        ClusterRoleBinding("system:kube-controller-manager", "system:kube-controller-manager", "User:system:kube-controller-manager"),
        ClusterRoleBinding("system:kube-scheduler", "system:kube-scheduler", "User:system:kube-scheduler"),
        ClusterRoleBinding("system:node", "system:node", "Group:system:nodes"), // there is no node authorizer
        ClusterRoleBinding("developers", "edit", "Group:dev"),
        ClusterRoleBinding("site-reliability", "site-reliability", "Group:sre"),
        ClusterRoleBinding("site-reliability-admin", "admin", "Group:sre"),
        ClusterRoleBinding("contractors", "contractor", "Group:contractors"),
        ClusterRoleBinding("kubelens-gateway", "kubelens-gateway", "Group:kubelens:gateways"),
        ClusterRoleBinding("kubelens-gateway-reviews", "system:auth-delegator", "Group:kubelens:gateways"),
    ];
}
