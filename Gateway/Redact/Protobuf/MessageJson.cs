using System.Globalization;
using System.Text.Json;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>Writes messages that <see cref="MessageFit.Fits"/> as Kubernetes itself would in JSON.</summary>
internal static class MessageJson
{
    /// <summary>The members, in the order of the known fields: entries of one list may stand apart in protobuf.</summary>
    public static void WriteMembers(ReadOnlySpan<byte> message, ProtobufField[] known, Utf8JsonWriter json)
    {
        foreach (var field in known)
        {
            if (field.Type != FieldType.Skipped)
            {
                WriteMember(message, field, json);
            }
        }
    }

    private static void WriteMember(ReadOnlySpan<byte> message, ProtobufField field, Utf8JsonWriter json)
    {
        var isOpen = false;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Number != field.Number || (!field.IsMany && IsAbsent(fields, field)))
            {
                continue;
            }

            if (!isOpen)
            {
                isOpen = true;
                Begin(field, json);
            }

            WriteValue(fields, field, json);
        }

        if (isOpen && field.Type == FieldType.Map)
        {
            json.WriteEndObject();
        }
        else if (isOpen && field.Repeated)
        {
            json.WriteEndArray();
        }
    }

    private static void Begin(ProtobufField field, Utf8JsonWriter json)
    {
        json.WritePropertyName(field.Name);
        if (field.Type == FieldType.Map)
        {
            json.WriteStartObject();
        }
        else if (field.Repeated)
        {
            json.WriteStartArray();
        }
    }

    private static void WriteValue(in ProtobufFields fields, ProtobufField field, Utf8JsonWriter json)
    {
        switch (field.Type)
        {
            case FieldType.Word or FieldType.Text:
                json.WriteStringValue(fields.Bytes);
                break;
            case FieldType.Number or FieldType.ChosenNumber:
                json.WriteNumberValue((long)fields.Value);
                break;
            case FieldType.Flag:
                json.WriteBooleanValue(fields.Value == 1);
                break;
            case FieldType.Time when MessageTime.TryRead(fields.Bytes, out var time):
                json.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case FieldType.Map:
                json.WriteString(MessageEntry.Key(fields.Bytes), MessageEntry.Value(fields.Bytes));
                break;
            case FieldType.Message:
                json.WriteStartObject();
                WriteMembers(fields.Bytes, field.Fields, json);
                json.WriteEndObject();
                break;
        }
    }

    private static bool IsAbsent(in ProtobufFields fields, ProtobufField field) => field.Type switch
    {
        FieldType.Word or FieldType.Text => fields.Bytes.IsEmpty,
        FieldType.Number => fields.Value == 0,
        FieldType.Time => MessageTime.TryRead(fields.Bytes, out var time) && time == DateTimeOffset.UnixEpoch,
        _ => false,
    };
}
