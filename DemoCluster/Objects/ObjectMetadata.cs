using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Objects;

/// <summary><c>metadata</c> as its readers need it.</summary>
internal static class ObjectMetadata
{
    /// <summary>The order in which an API server writes them; the rest follows as it came.</summary>
    private static readonly string[] Order =
        ["name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"];

    public static string Name(this JsonObject value) => value.Text("metadata.name");

    public static string Namespace(this JsonObject value) => value.Text("metadata.namespace");

    public static string Uid(this JsonObject value) => value.Text("metadata.uid");

    public static string ResourceVersion(this JsonObject value) => value.Text("metadata.resourceVersion");

    public static bool IsMarked(this JsonObject value) => value.At("metadata.deletionTimestamp") is not null;

    public static IReadOnlyList<string> Finalizers(this JsonObject value) => [.. value.Items("metadata.finalizers").Select(node => node.Text())];

    public static void SetFinalizers(this JsonObject value, IEnumerable<string> finalizers)
    {
        var list = new JsonArray([.. finalizers.Select(name => (JsonNode)name)]);
        if (list.Count > 0)
        {
            value.Section("metadata")["finalizers"] = list;
        }
        else
        {
            value.Section("metadata").Remove("finalizers");
        }
    }

    /// <summary>Seconds, as in <c>2026-11-24T09:53:45Z</c>.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Microseconds, as in <c>2026-11-24T09:53:45.120000Z</c>.</summary>
    public static string MicroTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Metadata first, and in it the names and numbers before the rest.</summary>
    public static void ArrangeObject(JsonObject value)
    {
        if (value.Count > 0 && value.GetAt(0).Key != "metadata" && value["metadata"] is { } metadata)
        {
            value.Remove("metadata");
            value.Insert(0, "metadata", metadata);
        }

        Arrange(value.Section("metadata"));
    }

    public static void Arrange(JsonObject metadata)
    {
        var rest = metadata.ToList();
        metadata.Clear();
        foreach (var (name, node) in rest.OrderBy(field => Array.IndexOf(Order, field.Key) is var place && place < 0 ? Order.Length : place))
        {
            metadata[name] = node;
        }
    }
}
