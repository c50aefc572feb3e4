using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Hosting.Seed;

/// <summary>What every cluster has before anybody does anything: namespaces, service accounts, roles, nodes.</summary>
internal sealed class BaseSeed : IClusterSeed
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public IEnumerable<(ResourceKind Kind, JsonObject Value)> Objects() =>
    [
        .. Namespaces.Select(Namespace),
        .. RoleSeed.ClusterRoles().Select(role => (ResourceKinds.Named("ClusterRole"), role)),
        .. BindingSeed.ClusterRoleBindings().Select(binding => (ResourceKinds.Named("ClusterRoleBinding"), binding)),
        .. NodeSeed.Nodes().Select(node => (ResourceKinds.Named("Node"), node)),
    ];

    private static (ResourceKind Kind, JsonObject Value) Namespace(string name)
    {
        var served = ResourceKinds.Named("Namespace");
        return (served, new JsonObject { ["apiVersion"] = served.ApiVersion, ["kind"] = served.Kind, ["metadata"] = new JsonObject { ["name"] = name } });
    }
}
