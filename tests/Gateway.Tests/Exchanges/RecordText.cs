using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>
/// A record as JSON to be read and compared: every field that has something to say, in the order of its type. Of a body, what kind
/// of text it is: <c>json</c> spread over lines, token by token as it was; <c>jsonLines</c>, several such; else <c>text</c>, or <c>base64</c>.
/// </summary>
internal static class RecordText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(CallRecord call)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            WriteFields(writer, call, new CallRecord { Time = default });
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray()) + "\n";
    }

    private static void WriteFields(Utf8JsonWriter writer, object value, object? silent)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetMethod is not null && p.GetIndexParameters().Length == 0))
        {
            var (said, nothing) = (property.GetValue(value), silent is null ? null : property.GetValue(silent));
            if (said is null || Equals(said, nothing) || said is ICollection { Count: 0 } || (said is string text && text.Length == 0))
            {
                continue;
            }

            writer.WritePropertyName(property.Name);
            WriteValue(writer, said, nothing);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object said, object? nothing)
    {
        switch (said)
        {
            case IReadOnlyList<CallHeader> headers:
                writer.WriteStartObject();
                foreach (var header in headers)
                {
                    writer.WritePropertyName(header.Name);
                    JsonSerializer.Serialize(writer, header.Values.Count == 1 ? header.Values[0] : (object)header.Values, Relaxed);
                }

                writer.WriteEndObject();
                break;
            case CallBody body:
                BodyText.Write(writer, body);
                break;
            case Enum word:
                writer.WriteStringValue(word.ToString());
                break;
            case string or IEnumerable or bool:
                JsonSerializer.Serialize(writer, said, Relaxed);
                break;
            case IFormattable number when said.GetType().IsPrimitive:
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IFormattable other:
                writer.WriteStringValue(other.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStartObject();
                WriteFields(writer, said, nothing);
                writer.WriteEndObject();
                break;
        }
    }
}
