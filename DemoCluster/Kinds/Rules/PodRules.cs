using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Kinds.Rules;

internal sealed class PodRules : IKindRules
{
    public void Default(JsonObject value, JsonObject? old)
    {
        var spec = value.Section("spec");
        PodSpecDefaults.Apply(spec);
        spec.SetDefault("serviceAccountName", "default");
        spec.SetDefault("serviceAccount", spec["serviceAccountName"]!.DeepClone());
        spec.SetDefault("priority", 0);
        spec.SetDefault("preemptionPolicy", "PreemptLowerPriority");
        spec.SetDefault("enableServiceLinks", true);
        spec.SetDefault("tolerations", new JsonArray(Toleration("not-ready"), Toleration("unreachable")));
        if (old is null)
        {
            value["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QosClass.Of(spec) };
        }
    }

    public void Validate(JsonObject value, JsonObject? old, InvalidCauses causes)
    {
        PodSpecDefaults.Validate(value.Section("spec"), "spec", causes);
        var node = old?.Text("spec.nodeName") ?? "";
        if (node.Length > 0 && value.Text("spec.nodeName") != node)
        {
            causes.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations` (only additions to existing tolerations) or `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    private static JsonObject Toleration(string condition) => new()
    {
        ["key"] = $"node.kubernetes.io/{condition}",
        ["operator"] = "Exists",
        ["effect"] = "NoExecute",
        ["tolerationSeconds"] = 300,
    };
}
