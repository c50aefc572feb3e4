using System.Buffers;
using System.Globalization;
using System.Text.Json;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Api.Tables;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Output;

/// <summary>Sends objects and lists in the form that the client asked for.</summary>
internal static class ObjectOutput
{
    public static Task ObjectAsync(ApiCall call, StoredObject stored, int code) => SendAsync(call, code, writer => Write(writer, call, stored));

    public static Task ListAsync(ApiCall call, ListPage page) => SendAsync(call, 200, writer =>
    {
        if (call.Form.Shape == ResponseShape.Table)
        {
            TableWriter.Write(writer, call, page, withColumns: true);
            return;
        }

        var partial = call.Form.Shape == ResponseShape.PartialMetadata;
        writer.WriteStartObject();
        writer.WriteString("kind", partial ? "PartialObjectMetadataList" : call.Kind.Kind + "List");
        writer.WriteString("apiVersion", partial ? $"meta.k8s.io/{call.Form.MetaVersion}" : call.Kind.ApiVersion);
        page.WriteMetadata(writer);
        writer.WriteStartArray("items");
        foreach (var item in page.Items)
        {
            if (partial)
            {
                PartialMetadata.Write(writer, item, call.Form.MetaVersion, typed: false);
            }
            else
            {
                item.Write(writer, call.Kind, typed: false);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>One object, as the answer or inside a watch event.</summary>
    public static void Write(Utf8JsonWriter writer, ApiCall call, StoredObject stored, bool withColumns = true)
    {
        switch (call.Form.Shape)
        {
            case ResponseShape.Table:
                var version = stored.Value.ResourceVersion();
                TableWriter.Write(writer, call, new ListPage([stored], long.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : 0), withColumns);
                break;
            case ResponseShape.PartialMetadata:
                PartialMetadata.Write(writer, stored, call.Form.MetaVersion, typed: true);
                break;
            default:
                stored.Write(writer, call.Kind, typed: true);
                break;
        }
    }

    private static Task SendAsync(ApiCall call, int code, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, JsonForm.Writer))
        {
            write(writer);
        }

        return Responses.BytesAsync(call.Http, buffer, code, call.Form.ContentType);
    }
}
