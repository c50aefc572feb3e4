using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Life.Controllers;

/// <summary>What a kubelet reports of a pod with one container.</summary>
internal static class PodStatus
{
    private const string DatabaseHost = "DATABASE_HOST";
    private const string Database = "orders-db.";

    /// <summary>Null when its container runs well.</summary>
    public static string? WhyItFails(StoredObject pod, ClusterView view)
    {
        foreach (var source in pod.Value.Maps("spec.containers").SelectMany(container => container.Maps("envFrom")))
        {
            var host = view.ConfigMapNamed(pod.Namespace, source.Text("configMapRef.name"))?.Value.At("data")?[DatabaseHost].Text() ?? "";
            if (host.Length > 0 && !host.StartsWith(Database, StringComparison.Ordinal))
            {
                return $"no database at {host}";
            }
        }

        return null;
    }

    public static JsonObject Running(StoredObject pod, DateTimeOffset now, int restarts, bool ready)
    {
        var status = Container(pod, restarts, ready);
        status["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = ObjectMetadata.Timestamp(now) } };
        return Of(pod, status, now, ready);
    }

    public static JsonObject BackingOff(StoredObject pod, DateTimeOffset started, DateTimeOffset now, int restarts, TimeSpan wait)
    {
        var status = Container(pod, restarts, ready: false);
        status["state"] = new JsonObject
        {
            ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff", ["message"] = string.Create(CultureInfo.InvariantCulture, $"back-off {wait.TotalSeconds:0}s restarting failed container={status["name"]} pod={pod.Name}_{pod.Namespace}({pod.Uid})") },
        };
        status["lastState"] = new JsonObject
        {
            ["terminated"] = new JsonObject { ["exitCode"] = 2, ["reason"] = "Error", ["startedAt"] = ObjectMetadata.Timestamp(started), ["finishedAt"] = ObjectMetadata.Timestamp(now) },
        };
        return Of(pod, status, now, ready: false);
    }

    private static JsonObject Of(StoredObject pod, JsonObject container, DateTimeOffset now, bool ready) => new()
    {
        ["phase"] = "Running",
        ["hostIP"] = AddressOf(pod.Value.Text("spec.nodeName"), "192.168.10."),
        ["podIP"] = AddressOf(pod.Uid, "10.244.1."),
        ["startTime"] = pod.Value.Text("status.startTime") is { Length: > 0 } since ? since : ObjectMetadata.Timestamp(now),
        ["conditions"] = new JsonArray(Condition("Initialized", true, now), Condition("Ready", ready, now), Condition("ContainersReady", ready, now), Condition("PodScheduled", true, now)),
        ["containerStatuses"] = new JsonArray(container),
    };

    private static JsonObject Container(StoredObject pod, int restarts, bool ready)
    {
        var spec = pod.Value.Maps("spec.containers").First();
        return new JsonObject
        {
            ["name"] = spec.Text("name"),
            ["image"] = spec.Text("image"),
            ["imageID"] = spec.Text("image"),
            ["containerID"] = $"containerd://{pod.Uid.Replace("-", "", StringComparison.Ordinal)}{restarts:x4}",
            ["ready"] = ready,
            ["started"] = ready,
            ["restartCount"] = restarts,
        };
    }

    private static JsonObject Condition(string type, bool status, DateTimeOffset now) => new()
    {
        ["type"] = type,
        ["status"] = status ? "True" : "False",
        ["lastTransitionTime"] = ObjectMetadata.Timestamp(now),
    };

    private static string AddressOf(string name, string prefix) => $"{prefix}{(name.Aggregate(7, (sum, letter) => ((sum * 31) + letter) & 0xffff) % 250) + 2}";
}
