using System.Text.Unicode;

namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>What the content of a length-delimited field may be, which its message does not say: text, another message, both or neither.</summary>
internal static class FieldBytes
{
    // Kubernetes' own end below 100; by chance any may come.
    private const int LargestNumber = 2_000;

    /// <summary>UTF-8 without control characters, except those that lay out a text.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; ;)
        {
            var at = rest.IndexOfAnyInRange((byte)0, (byte)0x1F);
            if (at < 0)
            {
                return bytes.IndexOf((byte)0x7F) < 0 && Utf8.IsValid(bytes);
            }

            if (rest[at] is not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }

            rest = rest[(at + 1)..];
        }
    }

    /// <summary>Fields to the last byte. What is in them is not looked at.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> bytes)
    {
        var fields = new ProtobufFields(bytes);
        while (fields.Next())
        {
            if (fields.Number > LargestNumber || fields.IsCut)
            {
                return false;
            }
        }

        return !bytes.IsEmpty && !fields.IsCut && !fields.IsMalformed;
    }

    /// <summary>Of what could be both: a message begins with its first field, whose tag is a line feed, and hardly any text does.</summary>
    public static bool IsRatherMessage(ReadOnlySpan<byte> bytes) => bytes[0] == '\n';
}
