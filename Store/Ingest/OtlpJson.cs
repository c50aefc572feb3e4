using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using KubeLens.Contracts.Otlp.Protos;

namespace KubeLens.Store.Ingest;

/// <summary>
/// OTLP in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): the JSON of protobuf, but for trace and span ids,
/// which are hexadecimal there. It is made into protobuf first; senders of much send that.
/// </summary>
internal static class OtlpJson
{
    public const string ContentType = "application/json";

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 64 };

    /// <summary>Whether a request says that it is JSON: its answer is, too.</summary>
    public static bool Is(HttpRequest request) => DecodedBody.TypeOf(request).Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same request in protobuf. Fails with <see cref="InvalidDataException"/>, and says where, for what is none.</summary>
    public static byte[] ToProtobuf(ReadOnlySpan<byte> json)
    {
        try
        {
            return Parser.Parse<ExportLogsServiceRequest>(Encoding.UTF8.GetString(WithPlainIds(json))).ToByteArray();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(FormattableString.Invariant($"line {e.LineNumber + 1}, byte {e.BytePositionInLine}: {e.Message}"), e);
        }
        catch (Exception e) when (e is InvalidJsonException or InvalidProtocolBufferException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    // Ids as the JSON of protobuf has bytes: in Base64.
    private static ReadOnlySpan<byte> WithPlainIds(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(json.Length, 1));
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        var reader = new Utf8JsonReader(json, Reading);
        var isId = false;
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
                case JsonTokenType.String when isId:
                    writer.WriteBase64StringValue(Id(reader.GetString()!));
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(reader.GetString());
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }

            isId = reader.TokenType == JsonTokenType.PropertyName && (reader.ValueTextEquals("traceId"u8) || reader.ValueTextEquals("spanId"u8) || reader.ValueTextEquals("trace_id"u8) || reader.ValueTextEquals("span_id"u8));
        }

        writer.Flush();
        return output.WrittenSpan;
    }

    private static byte[] Id(string hexadecimal)
    {
        try
        {
            return Convert.FromHexString(hexadecimal);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"traceId, spanId: expected hexadecimal digits, found \"{hexadecimal}\"", e);
        }
    }
}
