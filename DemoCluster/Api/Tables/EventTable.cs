using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

internal static class EventTable
{
    public static readonly TableDefinition Definition = new(
        [
            new("Last Seen", "When it last happened."),
            new("Type", "Normal or Warning."),
            new("Reason", "Why, in one word."),
            new("Object", "What it is about."),
            TableColumn.Wide("Subobject", "Which part of it."),
            TableColumn.Wide("Source", "Who reports it."),
            new("Message", "What happened."),
            TableColumn.Wide("First Seen", "When it first happened."),
            TableColumn.Wide("Count", "How often it happened."),
            TableColumn.ObjectName with { Priority = 1 },
        ],
        Cells);

    private static JsonArray Cells(JsonObject value, DateTimeOffset now)
    {
        var first = value.At("firstTimestamp") ?? value.At("eventTime");
        var last = value.At("series.lastObservedTime") ?? value.At("lastTimestamp") ?? first;
        return new JsonArray(
            HumanDuration.Since(last, now),
            value.Text("type"),
            value.Text("reason"),
            $"{value.Text("involvedObject.kind").ToLowerInvariant()}/{value.Text("involvedObject.name")}",
            value.Text("involvedObject.fieldPath"),
            Source(value),
            value.Text("message").Trim(),
            HumanDuration.Since(first, now),
            value.Number("series.count") ?? value.Number("count") ?? 1,
            value.Name());
    }

    private static string Source(JsonObject value)
    {
        var component = value.Text("source.component") is { Length: > 0 } source ? source : value.Text("reportingComponent");
        var host = value.Text("source.host") is { Length: > 0 } name ? name : value.Text("reportingInstance");
        return host.Length == 0 ? component : $"{component}, {host}";
    }
}
