using System.Buffers.Binary;
using System.Buffers.Text;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Search;

/// <summary>
/// The opaque <c>cursor</c>: base64url of version (1 byte), the search's fingerprint (4), its range's ends in ticks (8 + 8),
/// and the last row's time in ticks (8), batch (8) and ordinal (2), all big-endian.
/// </summary>
internal readonly record struct SearchCursor(uint Fingerprint, TimeRange Range, RowPosition Last)
{
    private const byte Version = 1;
    private const int Bytes = 39;

    public override string ToString()
    {
        Span<byte> raw = stackalloc byte[Bytes];
        raw[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(raw[1..], Fingerprint);
        BinaryPrimitives.WriteInt64BigEndian(raw[5..], Range.From.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(raw[13..], Range.To.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(raw[21..], Last.At.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(raw[29..], Last.BatchId);
        BinaryPrimitives.WriteInt16BigEndian(raw[37..], Last.Ord);
        return Base64Url.EncodeToString(raw);
    }

    /// <summary>False for anything that <see cref="ToString"/> does not print.</summary>
    public static bool TryParse(string text, out SearchCursor cursor)
    {
        cursor = default;
        Span<byte> raw = stackalloc byte[Bytes];
        if (!Base64Url.IsValid(text, out var length) || length != Bytes || !Base64Url.TryDecodeFromChars(text, raw, out _) || raw[0] != Version)
        {
            return false;
        }

        if (!TryTime(raw[5..], out var from) || !TryTime(raw[13..], out var to) || !TryTime(raw[21..], out var at))
        {
            return false;
        }

        cursor = new SearchCursor(
            BinaryPrimitives.ReadUInt32BigEndian(raw[1..]),
            new TimeRange(from, to),
            new RowPosition(at, BinaryPrimitives.ReadInt64BigEndian(raw[29..]), BinaryPrimitives.ReadInt16BigEndian(raw[37..])));
        return true;
    }

    private static bool TryTime(ReadOnlySpan<byte> raw, out DateTime time)
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(raw);
        var valid = ticks >= DateTime.MinValue.Ticks && ticks < DateTime.MaxValue.Ticks;
        time = valid ? new DateTime(ticks, DateTimeKind.Utc) : default;
        return valid;
    }
}
