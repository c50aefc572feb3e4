using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Pods.Logs;

/// <summary>One life of a container.</summary>
/// <param name="End">Null while it runs.</param>
internal sealed record ContainerRun(DateTimeOffset Start, DateTimeOffset? End, bool Failed)
{
    public bool Contains(DateTimeOffset time) => time >= Start && (End is null || time <= End);

    /// <summary>The run whose log is shown; of a container that waits to be started again, the last one.</summary>
    public static ContainerRun? Current(JsonObject pod, string container)
    {
        var status = PodContainers.Status(pod, container);
        if (status is null)
        {
            // Nobody reports: the pod is taken to run since it was made.
            return Time(pod.Text("status.startTime")) is { } started ? new ContainerRun(started, null, false)
                : Time(pod.Text("metadata.creationTimestamp")) is { } created ? new ContainerRun(created, null, false) : null;
        }

        return Time(status.Text("state.running.startedAt")) is { } running ? new ContainerRun(running, null, false)
            : Ended(status.At("state.terminated")) ?? Previous(pod, container);
    }

    public static ContainerRun? Previous(JsonObject pod, string container) => Ended(PodContainers.Status(pod, container).At("lastState.terminated"));

    private static ContainerRun? Ended(JsonNode? terminated) =>
        Time(terminated.Text("startedAt")) is { } start && Time(terminated.Text("finishedAt")) is { } end
            ? new ContainerRun(start, end, terminated.At("exitCode")?.ToJsonString() is not (null or "0"))
            : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
