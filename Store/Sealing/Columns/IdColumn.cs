using System.Buffers.Binary;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>A decoded column of ids of 16 bytes, big-endian.</summary>
/// <param name="Places">For each row the place of its id, from 1; 0 for none.</param>
/// <param name="Front">Of each distinct id, the first eight bytes.</param>
/// <param name="Back">The other eight.</param>
internal sealed record IdColumn(long[] Places, long[] Front, long[] Back)
{
    /// <summary>A column of rows that all lack it.</summary>
    public static IdColumn Empty(int calls) => new(new long[calls], [], []);

    public Guid? this[int row]
    {
        get
        {
            if (Places[row] is not (var place and > 0))
            {
                return null;
            }

            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteInt64BigEndian(bytes, Front[place - 1]);
            BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Back[place - 1]);
            return new Guid(bytes, bigEndian: true);
        }
    }

    /// <summary>The place of an id, which no row has where it is null.</summary>
    public long? PlaceOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var (front, back) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        for (var i = 0; i < Back.Length; i++)
        {
            if (Back[i] == back && Front[i] == front)
            {
                return i + 1;
            }
        }

        return null;
    }
}
