using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Objects;

/// <summary>Between what a version of a resource shows and what is kept. Only events differ in their fields.</summary>
internal static class ObjectVersions
{
    /// <summary>events.k8s.io/v1 against core/v1.</summary>
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

    /// <summary>Core shows these also when they are empty.</summary>
    private static readonly string[] OmittedWhenEmpty = ["reportingController", "reportingInstance"];

    public static bool IsConverted(ResourceKind kind) => kind is { Group: "events.k8s.io", Resource: "events" };

    public static JsonObject ToStorage(ResourceKind kind, JsonObject value)
    {
        var kept = IsConverted(kind) ? Renamed(value, EventFields.Select(pair => (pair.Shown, pair.Kept))) : (JsonObject)value.DeepClone();
        kept.Remove("kind");
        kept.Remove("apiVersion");
        return kept;
    }

    /// <returns>Not a copy where nothing differs.</returns>
    public static JsonObject FromStorage(ResourceKind kind, JsonObject kept)
    {
        if (!IsConverted(kind))
        {
            return kept;
        }

        var shown = Renamed(kept, EventFields.Select(pair => (pair.Kept, pair.Shown)));
        foreach (var field in OmittedWhenEmpty.Where(field => shown.Text(field).Length == 0))
        {
            shown.Remove(field);
        }

        return shown;
    }

    private static JsonObject Renamed(JsonObject value, IEnumerable<(string From, string To)> names)
    {
        var map = names.ToDictionary(pair => pair.From, pair => pair.To);
        return new JsonObject(value.Select(field => KeyValuePair.Create(map.GetValueOrDefault(field.Key, field.Key), field.Value?.DeepClone())));
    }
}
