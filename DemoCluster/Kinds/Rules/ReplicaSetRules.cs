using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class ReplicaSetRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        WorkloadRules.Default(value);
        value.Section("status").SetDefault("replicas", 0);
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes) => WorkloadRules.Validate(value, old, causes);
}
