using System.Collections.Frozen;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

/// <summary>Which rules a resource has; many have none.</summary>
internal sealed class KindRules(ServiceAddresses addresses)
{
    private static readonly NoRules None = new();

    private readonly FrozenDictionary<string, IKindRules> _rules = new Dictionary<string, IKindRules>
    {
        ["/namespaces"] = new NamespaceRules(),
        ["/pods"] = new PodRules(),
        ["/services"] = new ServiceRules(addresses),
        ["/configmaps"] = new ConfigMapRules(),
        ["/secrets"] = new SecretRules(),
        ["/events"] = new EventRules(),
        ["apps/deployments"] = new DeploymentRules(),
        ["apps/replicasets"] = new ReplicaSetRules(),
        ["batch/cronjobs"] = new CronJobRules(),
        ["rbac.authorization.k8s.io/rolebindings"] = new BindingRules(),
        ["rbac.authorization.k8s.io/clusterrolebindings"] = new BindingRules(),
    }.ToFrozenDictionary();

    public IKindRules Of(ResourceKind kind) => _rules.GetValueOrDefault(kind.StorageKey, None);

    private sealed class NoRules : IKindRules
    {
        public void Default(JsonObject value, JsonObject? old)
        {
        }

        public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
        {
        }
    }
}
