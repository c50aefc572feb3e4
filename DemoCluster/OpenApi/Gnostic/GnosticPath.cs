using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.OpenApi.Gnostic;

/// <summary>The message <c>PathItem</c> with its operations.</summary>
internal static class GnosticPath
{
    private static readonly (string Method, int Field)[] Methods = [("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)];

    public static void Write(ProtoWriter writer, JsonObject path)
    {
        foreach (var (method, field) in Methods)
        {
            if (path[method] is JsonObject operation)
            {
                writer.Message(field, value => Operation(value, operation));
            }
        }

        Parameters(writer, 9, path["parameters"]);
    }

    private static void Operation(ProtoWriter writer, JsonObject operation)
    {
        writer.Text(3, GnosticValues.Text(operation, "description"));
        writer.Text(5, GnosticValues.Text(operation, "operationId"));
        GnosticValues.Texts(writer, 6, operation["produces"]);
        GnosticValues.Texts(writer, 7, operation["consumes"]);
        Parameters(writer, 8, operation["parameters"]);
        writer.Message(9, responses =>
        {
            foreach (var (code, response) in operation["responses"]!.AsObject())
            {
                GnosticValues.Named(responses, 1, code, value => value.Message(1, inner => Response(inner, response!.AsObject())));
            }
        });
        GnosticValues.Extensions(writer, 13, operation);
    }

    private static void Response(ProtoWriter writer, JsonObject response)
    {
        writer.Text(1, GnosticValues.Text(response, "description"));
        if (response["schema"] is JsonObject schema)
        {
            writer.Message(2, item => item.Message(1, inner => GnosticSchema.Write(inner, schema)));
        }
    }

    private static void Parameters(ProtoWriter writer, int field, JsonNode? parameters)
    {
        foreach (var parameter in (parameters as JsonArray ?? []).Select(node => node!.AsObject()))
        {
            writer.Message(field, item => item.Message(1, choice => Parameter(choice, parameter)));
        }
    }

    private static void Parameter(ProtoWriter writer, JsonObject parameter)
    {
        switch (GnosticValues.Text(parameter, "in"))
        {
            case "body":
                writer.Message(1, body =>
                {
                    body.Text(2, GnosticValues.Text(parameter, "name"));
                    body.Text(3, "body");
                    body.Flag(4, GnosticValues.Flag(parameter, "required"));
                    body.Message(5, schema => GnosticSchema.Write(schema, parameter["schema"]!.AsObject()));
                });
                break;
            case "query":
                // The parts of this message and of the next are numbered alike but for one field, which pushes the type.
                writer.Message(2, other => other.Message(3, query => Plain(query, parameter, typeField: 6)));
                break;
            default:
                writer.Message(2, other => other.Message(4, path => Plain(path, parameter, typeField: 5)));
                break;
        }
    }

    private static void Plain(ProtoWriter writer, JsonObject parameter, int typeField)
    {
        writer.Flag(1, GnosticValues.Flag(parameter, "required"));
        writer.Text(2, GnosticValues.Text(parameter, "in"));
        writer.Text(3, GnosticValues.Text(parameter, "description"));
        writer.Text(4, GnosticValues.Text(parameter, "name"));
        writer.Text(typeField, GnosticValues.Text(parameter, "type"));
    }
}
