using System.Globalization;
using System.Text.Json;

namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>
/// The tree of a Secret or a ConfigMap: no value is seen in it, as in JSON only the keys of data are, and of a Secret its type.
/// <code>
/// {"kind":"Secret","metadata":{…},"type":"Opaque","fields":{"2":{"password":"&lt;redacted:sha-5b1f…&gt;"}}}
/// </code>
/// </summary>
internal static class KeyedTree
{
    private const int Key = 1, Value = 2, Type = 3;

    private const string Secret = "Secret";

    public static bool IsOf(string kind) => kind is Secret or "ConfigMap";

    /// <summary>Secrets have a type and no second of it; anything else in its place is none. It is in the tree, too, hidden.</summary>
    public static void WriteType(ReadOnlySpan<byte> message, string kind, int first, int end, FieldStack fields, Utf8JsonWriter json)
    {
        for (var i = first; kind == Secret && i < end; i++)
        {
            var isOnly = (i == first || fields[i - 1].Number != Type) && (i + 1 == end || fields[i + 1].Number != Type);
            if (fields[i] is { Number: Type, Type: WireType.Delimited, Length: > 0 } && isOnly && SecretNames.IsKey(fields[i].In(message)))
            {
                json.WriteString("type"u8, fields[i].In(message));
            }
        }
    }

    /// <param name="message">The object.</param>
    /// <param name="first">Of its fields, after its metadata.</param>
    /// <param name="end">Behind the last of them.</param>
    /// <param name="fields">Has them.</param>
    /// <param name="output">In the tree.</param>
    public static void Write(ReadOnlySpan<byte> message, int first, int end, FieldStack fields, TreeOutput output)
    {
        for (var i = first; i < end && output.HasRoom();)
        {
            var next = fields.NextNumber(i, end);
            output.Json.WritePropertyName(fields[i].Number.ToString(CultureInfo.InvariantCulture));
            if (AreEntries(message, i, next, fields))
            {
                WriteEntries(message, i, next, fields, output);
            }
            else
            {
                WriteHidden(message, i, next, fields, output);
            }

            i = next;
        }
    }

    private static bool AreEntries(ReadOnlySpan<byte> message, int first, int end, FieldStack fields)
    {
        for (var i = first; i < end; i++)
        {
            if (fields[i].Type != WireType.Delimited || !TryEntry(fields[i].In(message), out _, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteEntries(ReadOnlySpan<byte> message, int first, int end, FieldStack fields, TreeOutput output)
    {
        output.Json.WriteStartObject();
        for (var i = first; i < end && output.HasRoom(); i++)
        {
            if (TryEntry(fields[i].In(message), out var key, out var value))
            {
                output.Json.WritePropertyName(key);
                output.Hide(value);
            }
        }

        output.Json.WriteEndObject();
    }

    private static void WriteHidden(ReadOnlySpan<byte> message, int first, int end, FieldStack fields, TreeOutput output)
    {
        if (end == first + 1)
        {
            output.Hide(fields[first], message);
            return;
        }

        output.Json.WriteStartArray();
        for (var i = first; i < end && output.HasRoom(); i++)
        {
            output.Hide(fields[i], message);
        }

        output.Json.WriteEndArray();
    }

    private static bool TryEntry(ReadOnlySpan<byte> entry, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = value = default;
        var (keys, values) = (0, 0);
        var fields = new ProtobufFields(entry);
        while (fields.Next())
        {
            if (fields is not { Number: Key or Value, Type: WireType.Delimited, IsCut: false })
            {
                return false;
            }

            if (fields.Number == Key)
            {
                keys++;
                key = fields.Bytes;
            }
            else
            {
                values++;
                value = fields.Bytes;
            }
        }

        return !fields.IsCut && !fields.IsMalformed && (keys, values) == (1, 1) && !key.IsEmpty && SecretNames.IsKey(key);
    }
}
