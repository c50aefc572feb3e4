using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>A kept body as a part of a <see cref="RecordText"/>.</summary>
internal static class BodyText
{
    private static readonly JsonReaderOptions Several = new() { AllowMultipleValues = true, MaxDepth = 4096 };

    public static void Write(Utf8JsonWriter writer, CallBody body)
    {
        writer.WriteStartObject();
        if (body.Note != CallBodyNote.Whole)
        {
            writer.WriteString(nameof(CallBody.Note), body.Note.ToString());
        }

        if (body.RedactedValues > 0)
        {
            writer.WriteNumber(nameof(CallBody.RedactedValues), body.RedactedValues);
        }

        WriteContent(writer, body.Content.Span);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            return;
        }

        switch (Values(content))
        {
            case 1:
                writer.WritePropertyName("json");
                Copy(writer, content);
                break;
            case > 1:
                writer.WriteStartArray("jsonLines");
                Copy(writer, content);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteString(Utf8.IsValid(content) ? "text" : "base64", Utf8.IsValid(content) ? Encoding.UTF8.GetString(content) : Convert.ToBase64String(content));
                break;
        }
    }

    // 0 where it is not JSON to its end.
    private static int Values(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, Several);
        var values = 0;
        try
        {
            while (reader.Read())
            {
                values += reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray) ? 1 : 0;
            }
        }
        catch (JsonException)
        {
            return 0;
        }

        return values;
    }

    private static void Copy(Utf8JsonWriter writer, ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, Several);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(reader.GetString()!);
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(reader.GetString());
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
    }
}
