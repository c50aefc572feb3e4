using System.Text.Json.Nodes;
using KubeLens.DemoCluster.OpenApi.Paths;

namespace KubeLens.DemoCluster.OpenApi.Documents;

internal static class PathParameters
{
    /// <param name="type">How the document's version says that a parameter is text.</param>
    public static IEnumerable<JsonNode> Of(ApiPath path, JsonObject type)
    {
        if (path.HasName)
        {
            yield return Node("name", $"The name of the {path.Kind.Kind}.", type);
        }

        if (path.HasNamespace)
        {
            yield return Node("namespace", "The namespace it is in.", type);
        }
    }

    private static JsonObject Node(string name, string description, JsonObject type)
    {
        var node = new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["description"] = description };
        foreach (var (key, value) in type)
        {
            node[key] = value?.DeepClone();
        }

        return node;
    }
}
