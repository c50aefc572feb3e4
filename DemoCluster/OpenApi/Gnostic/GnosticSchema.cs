using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.OpenApi.Gnostic;

/// <summary>The message <c>Schema</c>.</summary>
internal static class GnosticSchema
{
    public static void Write(ProtoWriter writer, JsonObject schema)
    {
        writer.Text(1, GnosticValues.Text(schema, "$ref"));
        writer.Text(2, GnosticValues.Text(schema, "format"));
        writer.Text(4, GnosticValues.Text(schema, "description"));
        if (schema.TryGetPropertyValue("default", out var missing))
        {
            writer.Message(5, any => GnosticValues.Any(any, missing));
        }

        GnosticValues.Texts(writer, 19, schema["required"]);
        if (schema["additionalProperties"] is JsonObject values)
        {
            writer.Message(21, item => item.Message(1, inner => Write(inner, values)));
        }

        if (schema["type"] is { } type)
        {
            writer.Message(22, item => item.Text(1, type.GetValue<string>()));
        }

        if (schema["items"] is JsonObject items)
        {
            writer.Message(23, item => item.Message(1, inner => Write(inner, items)));
        }

        if (schema["properties"] is JsonObject properties)
        {
            writer.Message(25, named =>
            {
                foreach (var (name, property) in properties)
                {
                    GnosticValues.Named(named, 1, name, inner => Write(inner, property!.AsObject()));
                }
            });
        }

        GnosticValues.Extensions(writer, 31, schema);
    }
}
