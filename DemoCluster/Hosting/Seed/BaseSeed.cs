using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Hosting.Seed;

/// <summary>What every cluster has before anybody does anything: namespaces, service accounts, roles, nodes.</summary>
internal sealed class BaseSeed : IClusterSeed
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public IEnumerable<(ResourceKind Kind, JsonObject Value)> Objects() =>
    [
        .. Namespaces.Select(name => Object("Namespace", name)),
        .. Namespaces.Select(ns => Object("ServiceAccount", "default", ns)),
        .. RoleSeed.ClusterRoles().Select(role => (ResourceKinds.Named("ClusterRole"), role)),
        .. BindingSeed.ClusterRoleBindings().Select(binding => (ResourceKinds.Named("ClusterRoleBinding"), binding)),
        .. NodeSeed.Nodes().Select(node => (ResourceKinds.Named("Node"), node)),
    ];

    private static (ResourceKind Kind, JsonObject Value) Object(string kind, string name, string ns = "")
    {
        var served = ResourceKinds.Named(kind);
        var metadata = new JsonObject { ["name"] = name };
        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }

        var value = new JsonObject { ["apiVersion"] = served.ApiVersion, ["kind"] = kind, ["metadata"] = metadata };
        if (kind == "Namespace")
        {
            metadata["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name };
            value["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
            value["status"] = new JsonObject { ["phase"] = "Active" };
        }

        return (served, value);
    }
}
