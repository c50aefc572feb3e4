using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>
/// A pod's state in one word, as the API server finds it: the first init container that is not done speaks for the pod,
/// else the first container with something to say, else the phase.
/// </summary>
internal static class PodStatusText
{
    public static string Of(JsonObject pod)
    {
        var plain = pod.Text("status.reason") is { Length: > 0 } reason ? reason : pod.Text("status.phase");
        if (pod.IsMarked())
        {
            return pod.Text("status.reason") == "NodeLost" ? "Unknown" : "Terminating";
        }

        return Initializing(pod) ?? Running(pod, plain);
    }

    private static string? Initializing(JsonObject pod)
    {
        var statuses = pod.Maps("status.initContainerStatuses").ToList();
        for (var i = 0; i < statuses.Count; i++)
        {
            if (statuses[i].Map("state.terminated") is { } ended && ended.Number("exitCode") == 0)
            {
                continue;
            }

            var waits = statuses[i].Text("state.waiting.reason");
            return Ended(statuses[i]) is { } text ? $"Init:{text}"
                : waits is not ("" or "PodInitializing") ? $"Init:{waits}"
                : string.Create(CultureInfo.InvariantCulture, $"Init:{i}/{pod.Items("spec.initContainers").Count()}");
        }

        return null;
    }

    private static string Running(JsonObject pod, string plain)
    {
        var statuses = pod.Maps("status.containerStatuses").ToList();
        var worst = statuses.Select(status => status.Text("state.waiting.reason") is { Length: > 0 } waits ? waits : Ended(status)).FirstOrDefault(text => text is not null) ?? plain;
        if (worst == "Completed" && statuses.Any(status => status.Flag("ready") && status.At("state.running") is not null))
        {
            var ready = pod.Maps("status.conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");
            return ready ? "Running" : "NotReady";
        }

        return worst;
    }

    private static string? Ended(JsonObject status)
    {
        if (status.Map("state.terminated") is not { } ended)
        {
            return null;
        }

        return ended.Text("reason") is { Length: > 0 } reason ? reason
            : ended.Number("signal") is > 0 and { } signal ? string.Create(CultureInfo.InvariantCulture, $"Signal:{signal}")
            : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{ended.Number("exitCode") ?? 0}");
    }
}
