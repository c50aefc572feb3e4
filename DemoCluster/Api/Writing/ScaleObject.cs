using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Selectors;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Writing;

/// <summary><c>autoscaling/v1 Scale</c>: a workload's replicas, seen alone.</summary>
internal static class ScaleObject
{
    public static readonly ResourceKind Kind = new("autoscaling", "v1", "Scale", "scale", true);

    private static readonly string[] Shown = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];

    public static JsonObject Of(JsonObject workload)
    {
        var metadata = new JsonObject(Shown.Select(field => KeyValuePair.Create(field, workload.At($"metadata.{field}")?.DeepClone())));
        var selector = LabelSelector.Of(workload.Map("spec.selector") ?? []).ToString();
        var replicas = workload.Number("spec.replicas") ?? 0;
        return new JsonObject
        {
            ["kind"] = Kind.Kind,
            ["apiVersion"] = Kind.ApiVersion,
            ["metadata"] = metadata,
            ["spec"] = replicas == 0 ? [] : new JsonObject { ["replicas"] = replicas },
            ["status"] = new JsonObject { ["replicas"] = workload.Number("status.replicas") ?? 0, ["selector"] = selector },
        };
    }

    /// <summary>The workload with a scale's replicas; the scale's resourceVersion, if it has one, is the workload's.</summary>
    public static JsonObject Into(JsonObject workload, JsonObject scale)
    {
        workload.Section("spec")["replicas"] = scale.Number("spec.replicas") ?? 0;
        if (scale.ResourceVersion() is { Length: > 0 } version)
        {
            workload.Section("metadata")["resourceVersion"] = version;
        }

        return workload;
    }
}
