using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Errors;
using KubeLens.DemoCluster.Objects;
using KubeLens.Gateway.Redact.Protobuf;

namespace KubeLens.DemoCluster.Api.Bodies.Protobuf;

/// <summary>
/// A Kubernetes protobuf object as the JSON it stands for. What is not in <see cref="MessageSchemas"/> is refused rather than lost.
/// </summary>
internal static class ProtobufReader
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private const int IntegerKind = 0, KeyNumber = 1, ValueNumber = 2, TextNumber = 3;

    /// <exception cref="ApiException">400 for what is no such object, 415 for one that is not known here.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!ProtobufEnvelope.TryRead(body, out var envelope) || !envelope.IsSound || envelope.IsCut)
        {
            throw ApiErrors.BadRequest("the object provided is unrecognized: the body is not a Kubernetes protobuf object");
        }

        var value = new JsonObject { ["kind"] = envelope.Kind, ["apiVersion"] = envelope.ApiVersion };
        foreach (var (name, node) in Message(envelope.Raw, envelope.Kind).ToList())
        {
            value[name] = node?.DeepClone();
        }

        return value;
    }

    private static JsonObject Message(ReadOnlySpan<byte> bytes, string name)
    {
        var schema = MessageSchemas.Find(name) ?? throw Unknown(name);
        var message = new JsonObject();
        var fields = new ProtobufFields(bytes);
        while (fields.Next())
        {
            var field = schema.GetValueOrDefault(fields.Number) ?? throw Unknown($"field {fields.Number} of {name}");
            Add(message, field, fields);
        }

        return fields.IsCut || fields.IsMalformed ? throw ApiErrors.BadRequest($"the object provided is unrecognized: {name} ends early or is malformed") : message;
    }

    private static void Add(JsonObject message, MessageField field, in ProtobufFields fields)
    {
        if (field.Type is "map" or "bytes" or "quantities")
        {
            AddEntry(message.Section(field.Name), field.Type, fields.Bytes);
        }
        else if (Value(field, fields) is { } value)
        {
            if (!field.Repeated)
            {
                message[field.Name] = value;
                return;
            }

            message.SetDefault(field.Name, new JsonArray());
            ((JsonArray)message[field.Name]!).Add(value);
        }
    }

    private static JsonNode? Value(MessageField field, in ProtobufFields fields)
    {
        switch (field.Type)
        {
            case "skip":
                return null;
            case "text":
                return fields.Bytes.IsEmpty && !field.Repeated ? null : Encoding.UTF8.GetString(fields.Bytes);
            case "int":
                return fields.Value == 0 && !field.KeepsZero ? null : (long)fields.Value;
            case "flag":
                return fields.Value == 0 && !field.KeepsZero ? null : fields.Value != 0;
            case "port":
                return IntOrString(fields.Bytes);
            case "time":
                return MessageTime.TryRead(fields.Bytes, out var time) && time != DateTimeOffset.UnixEpoch ? ObjectMetadata.Timestamp(time) : null;
            default:
                var inner = Message(fields.Bytes, field.Type);
                return inner.Count == 0 && !field.Repeated ? null : inner;
        }
    }

    private static JsonNode? IntOrString(ReadOnlySpan<byte> bytes)
    {
        var (kind, number, text) = (0UL, 0L, "");
        var fields = new ProtobufFields(bytes);
        while (fields.Next())
        {
            kind = fields.Number == KeyNumber ? fields.Value : kind;
            number = fields.Number == ValueNumber ? (long)fields.Value : number;
            text = fields.Number == TextNumber ? Encoding.UTF8.GetString(fields.Bytes) : text;
        }

        return kind != IntegerKind ? text : number == 0 ? null : number;
    }

    private static void AddEntry(JsonObject map, string type, ReadOnlySpan<byte> entry)
    {
        var key = Encoding.UTF8.GetString(MessageEntry.Key(entry));
        var value = MessageEntry.Value(entry);
        map[key] = type switch
        {
            "bytes" => Convert.ToBase64String(value),
            // A Quantity is a message around its text.
            "quantities" => Encoding.UTF8.GetString(MessageEntry.Key(value)),
            _ => Encoding.UTF8.GetString(value),
        };
    }

    private static ApiException Unknown(string what) =>
        new(415, "UnsupportedMediaType", $"the demo cluster cannot read {what} in protobuf; send application/json");
}
