using System.Globalization;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>Deployments, replica sets, cron jobs.</summary>
internal static class WorkloadTables
{
    private const string PodSpec = "spec.template.spec";
    private const string JobPodSpec = "spec.jobTemplate.spec.template.spec";

    private static readonly TableColumn Containers = TableColumn.Wide("Containers", "The template's containers.");
    private static readonly TableColumn Images = TableColumn.Wide("Images", "The template's images.");
    private static readonly TableColumn Selector = TableColumn.Wide("Selector", "Which pods belong to it.");

    public static readonly TableDefinition Deployments = new(
        [
            TableColumn.ObjectName,
            new("Ready", "Ready pods of those wanted."),
            new("Up-to-date", "Pods of the current template."),
            new("Available", "Pods that have been ready long enough."),
            TableColumn.Age,
            Containers,
            Images,
            Selector,
        ],
        (value, now) => new JsonArray(
            value.Name(),
            string.Create(CultureInfo.InvariantCulture, $"{Number(value, "status.readyReplicas")}/{Number(value, "spec.replicas")}"),
            Number(value, "status.updatedReplicas"),
            Number(value, "status.availableReplicas"),
            TableDefinition.Age(value, now),
            TableText.Containers(value, PodSpec, "name"),
            TableText.Containers(value, PodSpec, "image"),
            TableText.Selector(value.Map("spec.selector"))));

    public static readonly TableDefinition ReplicaSets = new(
        [
            TableColumn.ObjectName,
            new("Desired", "Pods wanted.", "integer"),
            new("Current", "Pods that are there.", "integer"),
            new("Ready", "Pods that are ready.", "integer"),
            TableColumn.Age,
            Containers,
            Images,
            Selector,
        ],
        (value, now) => new JsonArray(
            value.Name(),
            Number(value, "spec.replicas"),
            Number(value, "status.replicas"),
            Number(value, "status.readyReplicas"),
            TableDefinition.Age(value, now),
            TableText.Containers(value, PodSpec, "name"),
            TableText.Containers(value, PodSpec, "image"),
            TableText.Selector(value.Map("spec.selector"))));

    public static readonly TableDefinition CronJobs = new(
        [
            TableColumn.ObjectName,
            new("Schedule", "When it runs, in cron's format."),
            new("Suspend", "Whether it rests.", "boolean"),
            new("Active", "Jobs that run now.", "integer"),
            new("Last Schedule", "When it last ran."),
            TableColumn.Age,
            Containers,
            Images,
            Selector,
        ],
        (value, now) => new JsonArray(
            value.Name(),
            value.Text("spec.schedule"),
            value.Flag("spec.suspend") ? "True" : "False",
            value.Items("status.active").Count(),
            value.At("status.lastScheduleTime") is { } last ? HumanDuration.Since(last, now) : TableText.None,
            TableDefinition.Age(value, now),
            TableText.Containers(value, JobPodSpec, "name"),
            TableText.Containers(value, JobPodSpec, "image"),
            TableText.Selector(value.Map("spec.jobTemplate.spec.selector"))));

    private static long Number(JsonObject value, string path) => value.Number(path) ?? 0;
}
