namespace KubeLens.Gateway.Redact.Protobuf.Tree;

/// <summary>
/// The fields of the messages around the current one, each sorted by number, so that fields of one number are together wherever they stood.
/// Each field is read once and there is one list for all depths: memory and time are those of the bytes.
/// </summary>
internal sealed class FieldStack
{
    private const int LargestKept = 16_384;

    private List<FieldEntry> _entries = [];

    public FieldEntry this[int index] => _entries[index];

    /// <summary>Adds the fields of a message that <see cref="FieldBytes.IsMessage"/>.</summary>
    /// <returns>The place of the first, and behind the last.</returns>
    public (int First, int End) Push(ReadOnlySpan<byte> message)
    {
        var first = _entries.Count;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            _entries.Add(new FieldEntry(fields.Number, fields.Type, fields.End - fields.Bytes.Length, fields.Bytes.Length, fields.Value));
        }

        _entries.Sort(first, _entries.Count - first, null);
        return (first, _entries.Count);
    }

    /// <summary>Behind the fields that have the number of this one.</summary>
    public int NextNumber(int index, int end)
    {
        var number = _entries[index].Number;
        while (index < end && _entries[index].Number == number)
        {
            index++;
        }

        return index;
    }

    /// <summary>Takes them off again.</summary>
    public void Pop(int first) => _entries.RemoveRange(first, _entries.Count - first);

    public void Clear() => _entries = _entries.Capacity > LargestKept ? [] : _entries;
}
