using System.Formats.Cbor;
using System.Text;
using System.Text.Json;

namespace KubeLens.Testing;

/// <summary>CBOR as a kube-apiserver 1.32 writes it: text and names as byte strings, bytes under tag 22, maps sorted by their encoding, tag 55799 in front.</summary>
public static class CborWire
{
    /// <summary>Media types of one document, and of a watch.</summary>
    public const string ContentType = "application/cbor", Sequence = "application/cbor-seq";

    /// <summary>CBOR of JSON.</summary>
    /// <param name="json">One document or several in a row; each becomes an item.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static byte[] FromJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        var wire = new List<byte>();
        while (reader.Read())
        {
            using var document = JsonDocument.ParseValue(ref reader);
            wire.AddRange(Item(document.RootElement));
        }

        return [.. wire];
    }

    /// <inheritdoc cref="FromJson(ReadOnlySpan{byte})" />
    public static byte[] FromJson(string json) => FromJson(Encoding.UTF8.GetBytes(json));

    private static byte[] Item(JsonElement element)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteTag(CborTag.SelfDescribeCbor);
        Write(writer, element, isData: false);
        return writer.Encode();
    }

    private static void Write(CborWriter writer, JsonElement element, bool isData)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = element.EnumerateObject().ToArray();
                writer.WriteStartMap(members.Length);
                foreach (var member in members.OrderBy(m => Encoding.UTF8.GetByteCount(m.Name)).ThenBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WriteByteString(Encoding.UTF8.GetBytes(member.Name));
                    // Of a Secret; a ConfigMap's is text.
                    var isBytes = member.NameEquals("data") && element.TryGetProperty("kind", out var kind) && kind.ValueEquals("Secret");
                    Write(writer, member.Value, isData || isBytes);
                }

                writer.WriteEndMap();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item, isData: false);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when isData && element.TryGetBytesFromBase64(out var bytes):
                writer.WriteTag(CborTag.Base64StringLaterEncoding);
                writer.WriteByteString(bytes);
                break;
            case JsonValueKind.String:
                writer.WriteByteString(Encoding.UTF8.GetBytes(element.GetString()!));
                break;
            case JsonValueKind.Number when element.TryGetInt64(out var number):
                writer.WriteInt64(number);
                break;
            case JsonValueKind.Number:
                writer.WriteDouble(element.GetDouble());
                break;
            case JsonValueKind.Null:
                writer.WriteNull();
                break;
            default:
                writer.WriteBoolean(element.GetBoolean());
                break;
        }
    }
}
