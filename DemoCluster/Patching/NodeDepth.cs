using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Patching;

/// <summary>How deeply a value is nested: 1 for plain values and empty containers.</summary>
internal static class NodeDepth
{
    public static int Of(JsonNode? node)
    {
        var deepest = 0;
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    deepest = Math.Max(deepest, Of(value));
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    deepest = Math.Max(deepest, Of(item));
                }

                break;
        }

        return deepest + 1;
    }
}
