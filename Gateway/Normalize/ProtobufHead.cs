using System.Text;

namespace KubeLens.Gateway.Normalize;

/// <summary>
/// Reads the names out of a Kubernetes protobuf object, which is what kubectl's own create commands send:
/// <c>k8s\0</c>, then <c>runtime.Unknown{typeMeta{kind=2}=1, raw=2}</c>; in almost every kind the raw object's field 1 is its <c>ObjectMeta</c>.
/// </summary>
internal static class ProtobufHead
{
    private const int TypeMeta = 1, Raw = 2, Kind = 2, Meta = 1, Name = 1, Namespace = 3, Uid = 5, ResourceVersion = 6, StatusReason = 4;

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Never throws: what is cut or malformed ends the reading, and what was read by then counts.</summary>
    public static ObjectHead Read(ReadOnlySpan<byte> body)
    {
        var head = default(ObjectHead);
        if (!body.StartsWith(Magic))
        {
            return head;
        }

        var raw = default(ReadOnlySpan<byte>);
        var unknown = new ProtobufFields(body[Magic.Length..]);
        while (unknown.Next())
        {
            if (unknown.Number == TypeMeta)
            {
                head.Kind = Text(unknown.Bytes, Kind);
            }
            else if (unknown.Number == Raw)
            {
                raw = unknown.Bytes;
            }
        }

        var isStatus = head.IsStatus;
        var fields = new ProtobufFields(raw);
        while (fields.Next())
        {
            if (isStatus && fields.Number == StatusReason)
            {
                head.Reason = Decode(fields.Bytes);
            }
            else if (!isStatus && fields.Number == Meta)
            {
                head.Name = Text(fields.Bytes, Name);
                head.Namespace = Text(fields.Bytes, Namespace);
                head.Uid = Text(fields.Bytes, Uid);
                head.ResourceVersion = Text(fields.Bytes, ResourceVersion);
                break;
            }
        }

        return head;
    }

    private static string? Text(ReadOnlySpan<byte> message, int number)
    {
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (fields.Number == number)
            {
                return Decode(fields.Bytes);
            }
        }

        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
}
