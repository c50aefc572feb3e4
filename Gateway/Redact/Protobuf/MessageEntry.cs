namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>An entry of a map from text to text, which is a message like any other.</summary>
internal static class MessageEntry
{
    private const int KeyNumber = 1, ValueNumber = 2;

    public static readonly ProtobufField[] Fields = [new(KeyNumber, "key", FieldType.Word), new(ValueNumber, "value", FieldType.Text)];

    public static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> entry) => Find(entry, KeyNumber);

    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> entry) => Find(entry, ValueNumber);

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> entry, int number)
    {
        var fields = new ProtobufFields(entry);
        while (fields.Next())
        {
            if (fields.Number == number)
            {
                return fields.Bytes;
            }
        }

        return default;
    }
}
