using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

internal static class PodTable
{
    public static readonly TableDefinition Definition = new(
        [
            TableColumn.ObjectName,
            new("Ready", "How many of its containers are ready."),
            new("Status", "The worst of what its containers do."),
            new("Restarts", "How often its containers began anew, and how long ago the last time was."),
            TableColumn.Age,
            TableColumn.Wide("IP", "Its address."),
            TableColumn.Wide("Node", "Where it runs."),
            TableColumn.Wide("Nominated Node", "Where it will run once room is made."),
            TableColumn.Wide("Readiness Gates", "How many of its own conditions hold."),
        ],
        Cells)
    {
        Conditions = Conditions,
    };

    private static JsonArray Cells(JsonObject value, DateTimeOffset now)
    {
        var statuses = value.Maps("status.containerStatuses").ToList();
        var ready = statuses.Count(status => status.Flag("ready") && status.At("state.running") is not null);
        return new JsonArray(
            value.Name(),
            string.Create(CultureInfo.InvariantCulture, $"{ready}/{value.Items("spec.containers").Count()}"),
            PodStatusText.Of(value),
            Restarts(statuses, now),
            TableDefinition.Age(value, now),
            TableText.OrNone(value.Text("status.podIP")),
            TableText.OrNone(value.Text("spec.nodeName")),
            TableText.OrNone(value.Text("status.nominatedNodeName")),
            Gates(value));
    }

    /// <summary><c>3 (5m ago)</c>.</summary>
    private static string Restarts(List<JsonObject> statuses, DateTimeOffset now)
    {
        var count = statuses.Sum(status => status.Number("restartCount") ?? 0);
        var last = statuses.Select(status => status.Text("lastState.terminated.finishedAt")).Max(StringComparer.Ordinal) ?? "";
        return count == 0 || last.Length == 0
            ? count.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{count} ({HumanDuration.Since(last, now)} ago)");
    }

    private static string Gates(JsonObject value)
    {
        var gates = value.Maps("spec.readinessGates").Select(gate => gate.Text("conditionType")).ToList();
        var held = value.Maps("status.conditions").Count(condition => gates.Contains(condition.Text("type")) && condition.Text("status") == "True");
        return gates.Count == 0 ? TableText.None : string.Create(CultureInfo.InvariantCulture, $"{held}/{gates.Count}");
    }

    /// <summary>kubectl greys out what has ended.</summary>
    private static JsonArray? Conditions(JsonObject value) => value.Text("status.phase") switch
    {
        "Succeeded" => Completed("Succeeded", "The pod has completed successfully."),
        "Failed" => Completed("Failed", "The pod failed."),
        _ => null,
    };

    private static JsonArray Completed(string reason, string message) =>
        new(new JsonObject { ["type"] = "Completed", ["status"] = "True", ["reason"] = reason, ["message"] = message });
}
