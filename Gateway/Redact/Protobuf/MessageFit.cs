using System.Text.Unicode;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>
/// Tells whether bytes are a message of <see cref="KnownMessages"/>. Nothing in protobuf says so; bytes that do not fit in every
/// respect are taken for something else, which may be a secret.
/// </summary>
internal static class MessageFit
{
    /// <summary>Only known fields, as often as they must and may be, and each of its type.</summary>
    public static bool Fits(ReadOnlySpan<byte> message, ProtobufField[] known)
    {
        var seen = 0;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            var number = fields.Number;
            var field = Array.Find(known, f => f.Number == number);
            if (field is null || fields.Type != field.Wire || fields.IsCut || !Fits(fields, field))
            {
                return false;
            }

            // Of two, the last would hold; nothing that Kubernetes' own code writes has two.
            var bit = 1 << number;
            if ((seen & bit) != 0 && !field.IsMany)
            {
                return false;
            }

            seen |= bit;
        }

        return !fields.IsCut && !fields.IsMalformed && !Array.Exists(known, f => f.Always && (seen & (1 << f.Number)) == 0);
    }

    private static bool Fits(in ProtobufFields fields, ProtobufField field) => field.Type switch
    {
        FieldType.Word => IsWord(fields.Bytes),
        FieldType.Text => Utf8.IsValid(fields.Bytes),
        FieldType.Flag => fields.Value <= 1,
        FieldType.Time => MessageTime.TryRead(fields.Bytes, out _),
        FieldType.Map => Fits(fields.Bytes, MessageEntry.Fields),
        FieldType.Message => Fits(fields.Bytes, field.Fields),
        _ => true,
    };

    private static bool IsWord(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0 && text.IndexOf((byte)0x7F) < 0 && Utf8.IsValid(text);
}
