using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace KubeLens.Store.Objects;

/// <summary>Bodies as JSON. They are whatever a client sent: nothing here fails for what they hold, or takes more than a multiple of their size.</summary>
internal static class ObjectJson
{
    /// <summary>As deep as the gateway reads.</summary>
    public const int MaxDepth = 256;

    /// <summary>What is longer is not read.</summary>
    public const int MaxBytes = 8 << 20;

    private const int MaxIndentedBytes = 4 * MaxBytes;
    private const int IndentSize = 2;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = IndentSize, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null for what is no single JSON value, is too long or too deep, or has text that is none.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.Length > MaxBytes || !Utf8.IsValid(json))
        {
            return null;
        }

        try
        {
            // Half a surrogate pair is found only by whoever reads the text.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The member of an object; of several by that name the last.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Empty where there is no text.</summary>
    public static string Text(this JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    /// <summary>Indented; as it came where indents would make a multiple of it.</summary>
    public static string Print(JsonElement element)
    {
        if (IndentedBytes(element) > MaxIndentedBytes)
        {
            return element.GetRawText();
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            element.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static long IndentedBytes(JsonElement element)
    {
        var json = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        long bytes = json.Length;
        while (reader.Read())
        {
            bytes += 1 + (IndentSize * reader.CurrentDepth);
        }

        return bytes;
    }
}
