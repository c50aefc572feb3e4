using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

internal static class NodeTable
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static readonly TableDefinition Definition = new(
        [
            TableColumn.ObjectName,
            new("Status", "Whether the node takes pods."),
            new("Roles", "From its labels."),
            TableColumn.Age,
            new("Version", "The kubelet's version."),
            TableColumn.Wide("Internal-IP", "Its address inside the cluster."),
            TableColumn.Wide("External-IP", "Its address outside the cluster."),
            TableColumn.Wide("OS-Image", "Its operating system."),
            TableColumn.Wide("Kernel-Version", "Its kernel."),
            TableColumn.Wide("Container-Runtime", "What runs its containers."),
        ],
        (value, now) => new JsonArray(
            value.Name(),
            Status(value),
            Roles(value),
            TableDefinition.Age(value, now),
            value.Text("status.nodeInfo.kubeletVersion"),
            Address(value, "InternalIP"),
            Address(value, "ExternalIP"),
            Info(value, "osImage"),
            Info(value, "kernelVersion"),
            Info(value, "containerRuntimeVersion")));

    private static string Status(JsonObject value)
    {
        var ready = value.Maps("status.conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");
        var status = ready is null ? "Unknown" : ready.Text("status") == "True" ? "Ready" : "NotReady";
        return value.Flag("spec.unschedulable") ? $"{status},SchedulingDisabled" : status;
    }

    private static string Roles(JsonObject value) => TableText.OrNone(string.Join(',', (value.Map("metadata.labels") ?? [])
        .Where(label => label.Key.StartsWith(RolePrefix, StringComparison.Ordinal) && label.Key.Length > RolePrefix.Length)
        .Select(label => label.Key[RolePrefix.Length..])
        .Order(StringComparer.Ordinal)));

    private static string Address(JsonObject value, string type) =>
        TableText.OrNone(value.Maps("status.addresses").FirstOrDefault(address => address.Text("type") == type)?.Text("address") ?? "");

    private static string Info(JsonObject value, string field) => value.Text($"status.nodeInfo.{field}") is { Length: > 0 } text ? text : HumanDuration.Unknown;
}
