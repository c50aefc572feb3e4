using System.Buffers.Binary;

namespace KubeLens.Contracts.Calls;

/// <summary>
/// The opaque id of a stored call: base32 of (completion hour, batch, ordinal). It names the partition and the row,
/// so a call is found without an index, before and after sealing.
/// </summary>
/// <param name="Hour">Whole hours since 1970-01-01 UTC of the completion time.</param>
/// <param name="BatchId">As in <see cref="CallPosition"/>.</param>
/// <param name="Ordinal">As in <see cref="CallPosition"/>.</param>
public readonly record struct CallId(int Hour, long BatchId, int Ordinal)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Bytes = 13;

    /// <summary>Length of the printed form.</summary>
    public const int Length = (Bytes * 8 + 4) / 5;

    /// <summary>The id of a call completed at <paramref name="time"/>.</summary>
    public static CallId Of(DateTimeOffset time, long batchId, int ordinal) => new((int)(time.ToUnixTimeSeconds() / 3600), batchId, ordinal);

    /// <summary>Start of the completion hour.</summary>
    public DateTimeOffset HourStart => DateTimeOffset.FromUnixTimeSeconds(Hour * 3600L);

    public override string ToString()
    {
        Span<byte> raw = stackalloc byte[Bytes + 1];
        raw.Clear();
        raw[0] = (byte)(Hour >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(raw[1..], (ushort)Hour);
        BinaryPrimitives.WriteInt64BigEndian(raw[3..], BatchId);
        BinaryPrimitives.WriteUInt16BigEndian(raw[11..], (ushort)Ordinal);
        Span<char> text = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            var bit = i * 5;
            var pair = (raw[bit / 8] << 8) | raw[bit / 8 + 1];
            text[i] = Alphabet[(pair >> (11 - bit % 8)) & 31];
        }

        return new string(text);
    }

    /// <summary>False for anything that <see cref="ToString"/> does not print.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CallId id)
    {
        id = default;
        if (text.Length != Length)
        {
            return false;
        }

        Span<byte> raw = stackalloc byte[Bytes + 1];
        raw.Clear();
        for (var i = 0; i < Length; i++)
        {
            var value = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            var bit = i * 5;
            var shifted = value << (11 - bit % 8);
            raw[bit / 8] |= (byte)(shifted >> 8);
            raw[bit / 8 + 1] |= (byte)shifted;
        }

        if (raw[Bytes] != 0)
        {
            return false;
        }

        id = new CallId((raw[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(raw[1..]), BinaryPrimitives.ReadInt64BigEndian(raw[3..]), BinaryPrimitives.ReadUInt16BigEndian(raw[11..]));
        return true;
    }
}
