using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;

namespace KubeLens.DemoCluster.Schemas;

/// <summary>Finds what a kind does not have: misspelled fields, mostly.</summary>
internal static class UnknownFields
{
    /// <summary>As the apiserver stops counting.</summary>
    private const int Most = 100;

    /// <summary>One message a field, in the API server's words: <c>unknown field "spec.foo"</c>; at most 100.</summary>
    public static IReadOnlyList<string> Find(JsonObject value, ResourceKind kind)
    {
        var found = new List<string>();
        Visit(value, new FieldShape.Structure(SchemaCatalog.Of(kind)), "", found);
        return found;
    }

    private static void Visit(JsonNode? value, FieldShape shape, string path, List<string> found)
    {
        if (found.Count >= Most)
        {
            return;
        }

        switch (value, shape)
        {
            case (JsonObject fields, FieldShape.Structure structure):
                VisitFields(fields, structure.Type, path, found);
                break;
            case (JsonObject entries, FieldShape.Map map):
                foreach (var (key, entry) in entries)
                {
                    Visit(entry, map.Value, $"{path}.{key}", found);
                }

                break;
            case (JsonArray items, FieldShape.Sequence sequence):
                for (var i = 0; i < items.Count; i++)
                {
                    Visit(items[i], sequence.Item, $"{path}[{i}]", found);
                }

                break;
        }
    }

    private static void VisitFields(JsonObject fields, SchemaType type, string path, List<string> found)
    {
        foreach (var (name, value) in fields)
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (type.Find(name) is { } field)
            {
                Visit(value, field.Shape, inner, found);
            }
            else if (found.Count < Most)
            {
                found.Add($"unknown field \"{inner}\"");
            }
        }
    }
}
