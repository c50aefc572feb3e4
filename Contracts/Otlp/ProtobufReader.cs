using System.Buffers.Binary;

namespace KubeLens.Contracts.Otlp;

/// <summary>
/// Reads the fields of one protobuf message where they lie, without objects in between
/// (https://protobuf.dev/programming-guides/encoding/). Fails with <see cref="InvalidDataException"/> where it is cut short or no field begins.
/// </summary>
/// <param name="message">All of it.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    /// <summary>A field's form on the wire.</summary>
    public const int Varint = 0, Fixed64 = 1, Sized = 2, Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>The number of the field that <see cref="Next"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Its form.</summary>
    public int Wire { get; private set; }

    /// <summary>Of a <see cref="Varint"/> or <see cref="Fixed64"/>.</summary>
    public ulong Number { get; private set; }

    /// <summary>Of a <see cref="Sized"/> field: where in the message it lies.</summary>
    public (int Start, int Length) Place { get; private set; }

    /// <summary>Reads the next field; false when there is no more.</summary>
    public bool Next()
    {
        if (_at == _message.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        (Field, Wire) = (tag >> 3 is > 0 and <= int.MaxValue and var field ? (int)field : throw NoField(), (int)(tag & 7));
        switch (Wire)
        {
            case Varint:
                Number = ReadVarint();
                return true;
            case Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                return true;
            case Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                return true;
            case Sized:
                var length = ReadVarint();
                Place = (_at, length <= int.MaxValue ? (int)length : throw TooShort());
                Take(Place.Length);
                return true;
            default:
                throw NoField();
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - _at)
        {
            throw TooShort();
        }

        _at += length;
        return _message.Slice(_at - length, length);
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == _message.Length)
            {
                throw TooShort();
            }

            var next = _message[_at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw NoField();
    }

    private readonly InvalidDataException NoField() => new($"at byte {_at} of a message of {_message.Length}: no field begins here");

    private readonly InvalidDataException TooShort() => new($"at byte {_at} of a message of {_message.Length}: a field is longer than what is left");
}
