using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching;

/// <summary>How deeply a value is nested: 1 for plain values and empty containers.</summary>
internal static class NodeDepth
{
    public static int Of(JsonNode? node) => 1 + node switch
    {
        JsonObject fields => fields.Select(field => Of(field.Value)).DefaultIfEmpty().Max(),
        JsonArray items => items.Select(Of).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
