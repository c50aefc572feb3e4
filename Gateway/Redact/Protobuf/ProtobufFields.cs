using System.Buffers.Binary;

namespace KubeLens.Gateway.Redact.Protobuf;

/// <summary>Walks the fields of a protobuf message of unknown type (https://protobuf.dev/programming-guides/encoding/).</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private const int MostVarintBytes = 10;

    private readonly int _length = message.Length;
    private ReadOnlySpan<byte> _rest = message;

    public int Number { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>The content of a length-delimited field, what is there of it when it is cut; empty for others.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The number of a varint field, the bits of a fixed one; 0 for others.</summary>
    public ulong Value { get; private set; }

    /// <summary>Where the field ends in the message, and with it <see cref="Bytes"/>.</summary>
    public readonly int End => _length - _rest.Length;

    /// <summary>The message ends within a field, perhaps the current one.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Something in it is no field.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>False at the end, and at what is no field.</summary>
    public bool Next()
    {
        Bytes = default;
        Value = 0;
        if (_rest.IsEmpty || IsCut || IsMalformed || !TryVarint(out var tag))
        {
            return false;
        }

        const ulong LargestTag = (1UL << 32) - 1;
        (Number, Type) = ((int)(tag >> 3), (WireType)(tag & 7));
        if (tag > LargestTag || Number == 0)
        {
            return Malformed();
        }

        switch (Type)
        {
            case WireType.Varint:
                var isThere = TryVarint(out var value);
                Value = value;
                return isThere;
            case WireType.Fixed64:
                return TryTake(sizeof(ulong));
            case WireType.Fixed32:
                return TryTake(sizeof(uint));
            case WireType.Delimited:
                return TryVarint(out var length) && TakeBytes(length);
            default:
                return Malformed();
        }
    }

    private bool TakeBytes(ulong length)
    {
        IsCut = length > (ulong)_rest.Length;
        Bytes = IsCut ? _rest : _rest[..(int)length];
        _rest = _rest[Bytes.Length..];
        return true;
    }

    private bool TryTake(int count)
    {
        IsCut = _rest.Length < count;
        if (IsCut)
        {
            _rest = default;
            return false;
        }

        Value = count == sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[count..];
        return true;
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

        IsCut = _rest.Length < MostVarintBytes;
        IsMalformed = !IsCut;
        return false;
    }

    private bool Malformed()
    {
        IsMalformed = true;
        return false;
    }
}
