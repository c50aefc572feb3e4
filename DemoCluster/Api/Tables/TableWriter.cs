using System.Text.Json;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Tables;

/// <summary>Writes a <c>meta.k8s.io Table</c>: a kind's columns, and a row an object.</summary>
internal static class TableWriter
{
    /// <param name="withColumns">False after the first event of a watch: its client knows them by then.</param>
    public static void Write(Utf8JsonWriter writer, ApiCall call, ListPage page, bool withColumns)
    {
        var definition = TableDefinitions.Of(call.Kind);
        var now = call.Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        writer.WriteStartObject();
        writer.WriteString("kind", "Table");
        writer.WriteString("apiVersion", $"meta.k8s.io/{call.Form.MetaVersion}");
        page.WriteMetadata(writer);
        if (withColumns)
        {
            Columns(writer, definition);
        }
        else
        {
            writer.WriteNull("columnDefinitions");
        }

        writer.WriteStartArray("rows");
        foreach (var item in page.Items)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("cells");
            definition.Cells(item.Value, now).WriteTo(writer, JsonForm.Compact);
            if (definition.Conditions(item.Value) is { } conditions)
            {
                writer.WritePropertyName("conditions");
                conditions.WriteTo(writer, JsonForm.Compact);
            }

            writer.WritePropertyName("object");
            Object(writer, call, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Object(Utf8JsonWriter writer, ApiCall call, StoredObject item)
    {
        switch (call.Query("includeObject"))
        {
            case "None":
                writer.WriteNullValue();
                break;
            case "Object":
                item.Write(writer, call.Kind, typed: true);
                break;
            default:
                PartialMetadata.Write(writer, item, call.Form.MetaVersion, typed: true);
                break;
        }
    }

    private static void Columns(Utf8JsonWriter writer, TableDefinition definition)
    {
        writer.WriteStartArray("columnDefinitions");
        foreach (var column in definition.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteString("format", column.Format);
            writer.WriteString("description", column.Description);
            writer.WriteNumber("priority", column.Priority);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
