namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>A field of a message that is being written.</summary>
/// <param name="Number">In its tag.</param>
/// <param name="Type">Of its tag.</param>
/// <param name="Start">Where the content of a length-delimited field begins in its message; of others, where they end.</param>
/// <param name="Length">Of that content.</param>
/// <param name="Value">As of <see cref="ProtobufFields.Value"/>.</param>
internal readonly record struct FieldEntry(int Number, WireType Type, int Start, int Length, ulong Value) : IComparable<FieldEntry>
{
    /// <summary>By number, as they came within one.</summary>
    public int CompareTo(FieldEntry other) => Number != other.Number ? Number.CompareTo(other.Number) : Start.CompareTo(other.Start);

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
