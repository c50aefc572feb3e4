using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;
using KubeLens.Gateway.Redact.Protobuf;

namespace KubeLens.DemoCluster.Api.Bodies.Protobuf;

/// <summary>
/// Reads what kubectl sends as protobuf: since 1.32 <c>kubectl create</c> and <c>kubectl auth</c> do. Answers may be JSON,
/// which it takes as well.
/// </summary>
internal static class ProtobufBody
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";
    private const int Deepest = 24;

    /// <returns>The object as its JSON would be.</returns>
    /// <exception cref="ApiException">400 for what is no protobuf, 415 for a message or a field that is not known here: nothing is left out in silence.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!ProtobufEnvelope.TryRead(body, out var envelope) || !envelope.IsSound || envelope.IsCut)
        {
            throw Malformed();
        }

        var json = new JsonObject { ["kind"] = envelope.Kind, ["apiVersion"] = envelope.ApiVersion };
        ReadMessage(envelope.Raw, envelope.Kind, json, 0);
        return json;
    }

    private static void ReadMessage(ReadOnlySpan<byte> message, string type, JsonObject json, int depth)
    {
        var known = MessageSchemas.Find(type) ?? throw Unsupported(type);
        var fields = new ProtobufFields(message);
        while (depth < Deepest && fields.Next())
        {
            if (known.TryGetValue(fields.Number, out var field))
            {
                ReadField(fields, field, json, depth);
            }
            else if (!fields.Bytes.IsEmpty || fields.Value != 0)
            {
                // Go sends what is not a pointer also when it is empty.
                throw Unsupported($"field {fields.Number} of {type}");
            }
        }

        if (depth >= Deepest || fields.IsCut || fields.IsMalformed)
        {
            throw Malformed();
        }
    }

    private static void ReadField(in ProtobufFields fields, MessageField field, JsonObject json, int depth)
    {
        switch (field.Type)
        {
            case "skip":
                break;
            case "map" or "mapbytes" or "mapquantity" or "maplist":
                var map = (json[field.Name] ??= new JsonObject()).AsObject();
                map[Text(MessageEntry.Key(fields.Bytes))] = Value(MessageEntry.Value(fields.Bytes), field.Type);
                break;
            case var type when field.Name.Length == 0:
                ReadMessage(fields.Bytes, type, json, depth + 1);
                break;
            case var _ when field.Repeated:
                (json[field.Name] ??= new JsonArray()).AsArray().Add(Single(fields, field with { Chosen = true }, depth));
                break;
            default:
                if (Single(fields, field, depth) is { } value)
                {
                    json[field.Name] = value;
                }

                break;
        }
    }

    /// <returns>Null for what is only sent because Go has no word for its absence.</returns>
    private static JsonNode? Single(in ProtobufFields fields, MessageField field, int depth)
    {
        switch (field.Type)
        {
            case "string":
                return fields.Bytes.IsEmpty && !field.Chosen ? null : Text(fields.Bytes);
            case "int":
                return fields.Value == 0 && !field.Chosen ? null : (long)fields.Value;
            case "bool":
                return fields.Value == 0 && !field.Chosen ? null : fields.Value != 0;
            case "time":
                return Time(fields.Bytes, ObjectMetadata.Timestamp);
            case "microtime":
                return Time(fields.Bytes, ObjectMetadata.MicroTime);
            case "quantity":
                return Value(fields.Bytes, "mapquantity");
            case "intstr":
                return NumberOrText(fields.Bytes);
            default:
                var json = new JsonObject();
                ReadMessage(fields.Bytes, field.Type, json, depth + 1);
                return json.Count == 0 && !field.Chosen ? null : json;
        }
    }

    private static JsonNode? Time(ReadOnlySpan<byte> message, Func<DateTimeOffset, string> write) =>
        MessageTime.TryRead(message, out var time) && time != DateTimeOffset.UnixEpoch ? write(time) : null;

    private static JsonNode Value(ReadOnlySpan<byte> value, string type)
    {
        if (type is "map" or "mapbytes")
        {
            return type == "map" ? Text(value) : Convert.ToBase64String(value);
        }

        // Quantity { string = 1 }, ExtraValue { items = 1 }
        var texts = new JsonArray();
        var fields = new ProtobufFields(value);
        while (fields.Next())
        {
            texts.Add(Text(fields.Bytes));
        }

        return type == "maplist" ? texts : texts.Count > 0 ? texts[0]!.DeepClone() : "0";
    }

    // IntOrString { type = 1, intVal = 2, strVal = 3 }
    private static JsonNode NumberOrText(ReadOnlySpan<byte> message)
    {
        var (isText, number, text) = (false, 0L, "");
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            (isText, number, text) = fields.Number switch
            {
                1 => (fields.Value == 1, number, text),
                2 => (isText, (long)fields.Value, text),
                _ => (isText, number, Text(fields.Bytes)),
            };
        }

        return isText ? text : number;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static ApiException Malformed() => new(StatusCodes.Status400BadRequest, "BadRequest", $"the object provided is not {MediaType}");

    private static ApiException Unsupported(string what) =>
        new(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", $"this cluster does not read {what} in {MediaType}: send application/json");
}
