using System.Buffers;
using System.Buffers.Binary;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>
/// Ids of 16 bytes, or none: the distinct ones once, as two columns of numbers (the front of a UUIDv7 is its time), and for each row the
/// place of its own, 0 for none.
/// </summary>
internal static class GuidCodec
{
    public static byte[] Encode(IReadOnlyList<Guid?> ids)
    {
        var places = new Dictionary<Guid, int>();
        var numbers = new long[ids.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (ids[i] is { } id)
            {
                if (!places.TryGetValue(id, out var place))
                {
                    places[id] = place = places.Count + 1;
                }

                numbers[i] = place;
            }
        }

        var (front, back) = (new long[places.Count], new long[places.Count]);
        Span<byte> bytes = stackalloc byte[16];
        foreach (var (id, place) in places)
        {
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            (front[place - 1], back[place - 1]) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        }

        var output = new ArrayBufferWriter<byte>(4_096);
        Varint.Write(output, (ulong)places.Count);
        foreach (var part in (byte[][])[NumberCodec.Encode(numbers), NumberCodec.Encode(front), NumberCodec.Encode(back)])
        {
            Varint.Write(output, (ulong)part.Length);
            output.Write(part);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Fails with <see cref="InvalidDataException"/> for what <see cref="Encode"/> did not write.</summary>
    /// <param name="encoded">By <see cref="Encode"/>.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="rows">Which of them to give; null for all.</param>
    public static IdColumn Decode(ReadOnlySpan<byte> encoded, int count, int[]? rows = null)
    {
        var distinct = Varint.Read(ref encoded);
        if (distinct > (ulong)count)
        {
            throw new InvalidDataException($"A sealed column of {count} ids says that {distinct} of them are distinct.");
        }

        var places = NumberCodec.Decode(Part(ref encoded), count, rows);
        if (!Array.TrueForAll(places, place => place >= 0 && place <= (long)distinct))
        {
            throw new InvalidDataException("A sealed column of ids names one that it does not have.");
        }

        // An id for each row that has one, which may be there twice then.
        var picked = rows is null ? null : Array.ConvertAll(Array.FindAll(places, place => place > 0), place => (int)place - 1);
        if (picked is not null)
        {
            var next = 0;
            places = Array.ConvertAll(places, place => place > 0 ? ++next : 0L);
        }

        var front = NumberCodec.Decode(Part(ref encoded), (int)distinct, picked);
        var back = NumberCodec.Decode(Part(ref encoded), (int)distinct, picked);
        return new IdColumn(places, front, back);
    }

    private static ReadOnlySpan<byte> Part(ref ReadOnlySpan<byte> from)
    {
        var length = Varint.Read(ref from);
        if (length > (ulong)from.Length)
        {
            throw new InvalidDataException("A sealed column of ids ends within a part.");
        }

        var part = from[..(int)length];
        from = from[(int)length..];
        return part;
    }
}
