namespace KubeLens.Gateway.Normalize;

/// <summary>Walks the fields of a protobuf message of unknown type (https://protobuf.dev/programming-guides/encoding/).</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5, MostVarintBytes = 10;

    private ReadOnlySpan<byte> _rest = message;

    public int Number { get; private set; }

    /// <summary>The content of a length-delimited field, what is there of it when it is cut; empty for others.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>False at the end, and at what is no field.</summary>
    public bool Next()
    {
        Bytes = default;
        if (!TryVarint(out var tag))
        {
            return false;
        }

        Number = (int)(tag >> 3);
        switch ((int)tag & 7)
        {
            case Varint:
                return TryVarint(out _);
            case Fixed64:
                return TrySkip(sizeof(ulong));
            case Fixed32:
                return TrySkip(sizeof(uint));
            case Delimited when TryVarint(out var length):
                Bytes = _rest[..(int)Math.Min(length, (ulong)_rest.Length)];
                _rest = _rest[Bytes.Length..];
                return true;
            default:
                return false;
        }
    }

    private bool TrySkip(int count)
    {
        var fits = _rest.Length >= count;
        _rest = fits ? _rest[count..] : default;
        return fits;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(MostVarintBytes, _rest.Length); i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
