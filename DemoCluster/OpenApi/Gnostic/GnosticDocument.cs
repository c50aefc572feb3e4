using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.OpenApi.Gnostic;

/// <summary>
/// The OpenAPI v2 document as the protobuf message <c>openapi.v2.Document</c> of google/gnostic (openapiv2/OpenAPIv2.proto),
/// which older kubectl demands. The numbers are that file's field numbers.
/// </summary>
internal static class GnosticDocument
{
    public static byte[] Write(JsonObject document)
    {
        var writer = new ProtoWriter();
        writer.Text(1, GnosticValues.Text(document, "swagger"));
        writer.Message(2, info =>
        {
            info.Text(1, GnosticValues.Text(document["info"]!.AsObject(), "title"));
            info.Text(2, GnosticValues.Text(document["info"]!.AsObject(), "version"));
        });
        writer.Message(8, paths =>
        {
            foreach (var (name, path) in document["paths"]!.AsObject())
            {
                GnosticValues.Named(paths, 2, name, value => GnosticPath.Write(value, path!.AsObject()));
            }
        });
        writer.Message(9, definitions =>
        {
            foreach (var (name, schema) in document["definitions"]!.AsObject())
            {
                GnosticValues.Named(definitions, 1, name, value => GnosticSchema.Write(value, schema!.AsObject()));
            }
        });
        return writer.ToArray();
    }
}
