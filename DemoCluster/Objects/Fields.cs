using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Objects;

/// <summary>Reads fields of objects that clients sent: what is absent or of another type reads as absent.</summary>
internal static class Fields
{
    /// <param name="path">Names with dots between: <c>spec.nodeName</c>. For names that hold dots themselves, ask the map.</param>
    public static JsonNode? At(this JsonNode? value, string path)
    {
        var node = value;
        foreach (var part in path.Split('.'))
        {
            node = node is JsonObject map && map.TryGetPropertyValue(part, out var child) ? child : null;
        }

        return node;
    }

    public static JsonObject? Map(this JsonNode? value, string path) => value.At(path) as JsonObject;

    public static IEnumerable<JsonNode?> Items(this JsonNode? value, string path) => value.At(path) as JsonArray ?? [];

    public static IEnumerable<JsonObject> Maps(this JsonNode? value, string path) => value.Items(path).OfType<JsonObject>();

    /// <summary>Empty when absent.</summary>
    public static string Text(this JsonNode? value, string path) => value.At(path).Text();

    public static string Text(this JsonNode? node) => node is JsonValue leaf && leaf.TryGetValue<string>(out var text) ? text : "";

    /// <summary>The entries of a list of texts.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? value, string path) => value.At(path).Texts();

    public static IReadOnlyList<string> Texts(this JsonNode? node) => node is JsonArray list ? [.. list.Select(entry => entry.Text())] : [];

    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    public static long? Number(this JsonNode? value, string path) => value.At(path) is JsonValue leaf ? Number(leaf) : null;

    public static bool Flag(this JsonNode? value, string path) => value.At(path) is JsonValue leaf && leaf.TryGetValue<bool>(out var flag) && flag;

    /// <summary>The map under a name, made when it is not there.</summary>
    public static JsonObject Section(this JsonObject value, string name)
    {
        if (value[name] is not JsonObject section)
        {
            section = [];
            value[name] = section;
        }

        return section;
    }

    public static void SetDefault(this JsonObject value, string name, JsonNode? node)
    {
        if (value[name] is null)
        {
            value[name] = node;
        }
    }

    /// <summary>A number or a text as text: <c>80</c>, <c>"http"</c>.</summary>
    public static string Plain(this JsonNode? node) => node is null ? "" : node is JsonValue leaf && leaf.TryGetValue<string>(out var text) ? text : node.ToJsonString();

    private static long? Number(JsonValue leaf) =>
        leaf.TryGetValue<long>(out var wide) ? wide
        : leaf.TryGetValue<int>(out var narrow) ? narrow
        : leaf.TryGetValue<double>(out var real) ? (long)real
        : null;
}
