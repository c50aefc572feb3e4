using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Pods;

/// <summary>Which container of a pod is meant (kubernetes/kubernetes, pkg/registry/core/pod/strategy.go).</summary>
internal static class PodContainers
{
    /// <param name="asked">Empty: the only one there is.</param>
    public static string Choose(JsonObject pod, string asked)
    {
        var name = pod.Text("metadata.name");
        var (containers, init) = (Names(pod, "containers"), Names(pod, "initContainers"));
        if (asked.Length > 0)
        {
            return containers.Contains(asked) || init.Contains(asked) || Names(pod, "ephemeralContainers").Contains(asked)
                ? asked
                : throw ApiErrors.BadRequest($"container {asked} is not valid for pod {name}");
        }

        return containers switch
        {
            [var only] => only,
            [] => throw ApiErrors.BadRequest($"a container name must be specified for pod {name}"),
            _ => throw ApiErrors.BadRequest($"a container name must be specified for pod {name}, choose one of: [{string.Join(' ', containers)}]"
                + (init.Count > 0 ? $" or one of the init containers: [{string.Join(' ', init)}]" : "")),
        };
    }

    public static JsonObject? Spec(JsonObject pod, string container) =>
        new[] { "containers", "initContainers", "ephemeralContainers" }.SelectMany(list => pod.Maps($"spec.{list}")).FirstOrDefault(spec => spec.Text("name") == container);

    public static JsonObject? Status(JsonObject pod, string container) =>
        new[] { "containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses" }.SelectMany(list => pod.Maps($"status.{list}")).FirstOrDefault(status => status.Text("name") == container);

    private static IReadOnlyList<string> Names(JsonObject pod, string list) => [.. pod.Maps($"spec.{list}").Select(container => container.Text("name"))];
}
