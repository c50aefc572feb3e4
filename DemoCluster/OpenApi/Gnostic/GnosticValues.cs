using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.OpenApi.Gnostic;

/// <summary>The small messages that many others are made of.</summary>
internal static class GnosticValues
{
    public static string? Text(JsonObject node, string name) => node[name]?.GetValue<string>();

    public static bool Flag(JsonObject node, string name) => node[name]?.GetValue<bool>() ?? false;

    public static void Texts(ProtoWriter writer, int field, JsonNode? values)
    {
        foreach (var value in values as JsonArray ?? [])
        {
            writer.Text(field, value!.GetValue<string>());
        }
    }

    /// <summary>NamedSchema, NamedPathItem, NamedAny…: a name and its value.</summary>
    public static void Named(ProtoWriter writer, int field, string name, Action<ProtoWriter> value) => writer.Message(field, entry =>
    {
        entry.Text(1, name);
        entry.Message(2, value);
    });

    /// <summary>A value of any form, as YAML; JSON is YAML.</summary>
    public static void Any(ProtoWriter writer, JsonNode? value) => writer.Text(2, value?.ToJsonString() ?? "null");

    /// <summary>The <c>x-</c> properties.</summary>
    public static void Extensions(ProtoWriter writer, int field, JsonObject node)
    {
        foreach (var (name, value) in node.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            Named(writer, field, name, any => Any(any, value));
        }
    }
}
