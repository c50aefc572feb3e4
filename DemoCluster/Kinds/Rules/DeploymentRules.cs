using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class DeploymentRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        WorkloadRules.Default(value);
        var spec = value.Section("spec");
        var strategy = spec.Section("strategy");
        strategy.SetDefault("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            strategy.Section("rollingUpdate").SetDefault("maxUnavailable", "25%");
            strategy.Section("rollingUpdate").SetDefault("maxSurge", "25%");
        }

        spec.SetDefault("revisionHistoryLimit", 10);
        spec.SetDefault("progressDeadlineSeconds", 600);
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        WorkloadRules.Validate(value, old, causes);
        if (value.Text("spec.strategy.type") is not ("RollingUpdate" or "Recreate") and var type)
        {
            causes.NotSupported("spec.strategy.type", $"\"{type}\"", "\"Recreate\", \"RollingUpdate\"");
        }
    }
}
