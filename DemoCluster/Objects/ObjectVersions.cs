using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>Between what a version of a resource shows and what is kept. Only events differ in their fields.</summary>
internal static class ObjectVersions
{
    /// <summary>events.k8s.io/v1 against core/v1. The first two of a core event's reporting fields bear the same name or a longer one.</summary>
    private static readonly (string Shown, string Kept)[] EventFields =
    [
        ("regarding", "involvedObject"),
        ("note", "message"),
        ("reportingController", "reportingComponent"),
        ("deprecatedSource", "source"),
        ("deprecatedFirstTimestamp", "firstTimestamp"),
        ("deprecatedLastTimestamp", "lastTimestamp"),
        ("deprecatedCount", "count"),
    ];

    public static bool IsConverted(ResourceKind kind) => kind is { Group: "events.k8s.io", Resource: "events" };

    public static JsonObject ToStorage(ResourceKind kind, JsonObject value)
    {
        var kept = IsConverted(kind) ? Renamed(value, EventFields.Select(pair => (pair.Shown, pair.Kept))) : (JsonObject)value.DeepClone();
        kept.Remove("kind");
        kept.Remove("apiVersion");
        return kept;
    }

    /// <returns>Not a copy where nothing differs.</returns>
    public static JsonObject FromStorage(ResourceKind kind, JsonObject kept) =>
        IsConverted(kind) ? Renamed(kept, EventFields.Select(pair => (pair.Kept, pair.Shown))) : kept;

    private static JsonObject Renamed(JsonObject value, IEnumerable<(string From, string To)> names)
    {
        var map = names.ToDictionary(pair => pair.From, pair => pair.To);
        return new JsonObject(value.Select(field => KeyValuePair.Create(map.GetValueOrDefault(field.Key, field.Key), field.Value?.DeepClone())));
    }
}
