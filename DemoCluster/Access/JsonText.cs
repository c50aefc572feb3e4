using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Access;

/// <summary>Reads objects that anybody may have written: what is not there, or of another type, is empty.</summary>
internal static class JsonText
{
    public static string Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Node(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static JsonNode? Node(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    /// <summary>Entries of a list of text.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Node(path) is JsonArray array ? [.. array.Select(entry => entry.Text())] : [];

    public static IEnumerable<JsonObject> Objects(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Node(path) is JsonArray array ? array.OfType<JsonObject>() : [];

    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
