using System.Collections.Frozen;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

internal static class TableDefinitions
{
    private static readonly FrozenDictionary<string, TableDefinition> ByResource = new Dictionary<string, TableDefinition>
    {
        ["/namespaces"] = CoreTables.Namespaces,
        ["/configmaps"] = CoreTables.ConfigMaps,
        ["/secrets"] = CoreTables.Secrets,
        ["/serviceaccounts"] = CoreTables.ServiceAccounts,
        ["/endpoints"] = CoreTables.Endpoints,
        ["/nodes"] = NodeTable.Definition,
        ["/services"] = ServiceTable.Definition,
        ["/pods"] = PodTable.Definition,
        ["/events"] = EventTable.Definition,
        ["apps/deployments"] = WorkloadTables.Deployments,
        ["apps/replicasets"] = WorkloadTables.ReplicaSets,
        ["batch/cronjobs"] = WorkloadTables.CronJobs,
        ["coordination.k8s.io/leases"] = CoreTables.Leases,
        ["rbac.authorization.k8s.io/rolebindings"] = RbacTables.Bindings,
        ["rbac.authorization.k8s.io/clusterrolebindings"] = RbacTables.Bindings,
    }.ToFrozenDictionary();

    public static TableDefinition Of(ResourceKind kind) => ByResource.GetValueOrDefault(kind.StorageKey, TableDefinition.Plain);
}
