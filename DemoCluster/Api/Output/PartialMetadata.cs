using System.Text.Json;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Api.Output;

/// <summary><c>meta.k8s.io PartialObjectMetadata</c>: an object's metadata alone.</summary>
internal static class PartialMetadata
{
    public static void Write(Utf8JsonWriter writer, StoredObject stored, string metaVersion, bool typed)
    {
        writer.WriteStartObject();
        if (typed)
        {
            writer.WriteString("kind", "PartialObjectMetadata");
            writer.WriteString("apiVersion", $"meta.k8s.io/{metaVersion}");
        }

        writer.WritePropertyName("metadata");
        stored.Value["metadata"]!.WriteTo(writer, JsonForm.Compact);
        writer.WriteEndObject();
    }
}
