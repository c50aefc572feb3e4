using System.Buffers.Binary;

namespace KubeLens.Gateway.Spool;

/// <summary>
/// What a segment says of itself, written once, little-endian:
/// <code>
///  0  u64  magic "KLSPOOL" and a zero byte
///  8  u32  format version
/// 12  u32  marker of this segment's frames
/// 16  i64  segment sequence, rising over all boots
/// 24  u64  boot
/// 32  i64  batch-id base of the boot: a batch's id is base | counter
/// 40  i64  creation time, Unix milliseconds
/// 48  i32  length of the file: a shorter one was cut
/// 52  u32  CRC-32C of the above
/// </code>
/// Then come, changing: at 64 the read position (offset, and its complement in the upper half as a check), at 72 the
/// calls appended and at 76 the calls delivered, both for status only; from 4096 two slots of <see cref="BatchMark"/>;
/// then the frames.
/// </summary>
internal readonly record struct SegmentHeader(uint Marker, long Sequence, ulong Boot, long BatchBase, long CreatedUnixMs, int Length)
{
    public const uint FormatVersion = 1;
    public const int ReadPositionOffset = 64, CallsOffset = 72, DeliveredOffset = 76;
    public const int MarksOffset = 4096;

    /// <summary>Where the first frame begins.</summary>
    public const int DataOffset = MarksOffset + BatchMark.Slots * BatchMark.SlotBytes;

    private const ulong Magic = 0x004C_4F4F_5053_4C4B;
    private const int CrcOffset = 52;

    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeMilliseconds(CreatedUnixMs);

    public void Write(Span<byte> start)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(start, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(start[8..], FormatVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(start[12..], Marker);
        BinaryPrimitives.WriteInt64LittleEndian(start[16..], Sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(start[24..], Boot);
        BinaryPrimitives.WriteInt64LittleEndian(start[32..], BatchBase);
        BinaryPrimitives.WriteInt64LittleEndian(start[40..], CreatedUnixMs);
        BinaryPrimitives.WriteInt32LittleEndian(start[48..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(start[CrcOffset..], Crc32C.Of(start[..CrcOffset]));
    }

    /// <summary>False, with the reason, when these are not the first bytes of a whole segment of this version.</summary>
    public static bool TryRead(ReadOnlySpan<byte> start, out SegmentHeader header, out string error)
    {
        header = default;
        if (start.Length <= DataOffset || BinaryPrimitives.ReadUInt64LittleEndian(start) != Magic)
        {
            error = "it does not begin as a spool segment does";
            return false;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(start[CrcOffset..]) != Crc32C.Of(start[..CrcOffset]))
        {
            error = "the checksum of its header is wrong";
            return false;
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        error = version == FormatVersion ? "" : $"its format version is {version}, and this gateway reads {FormatVersion}";
        header = new SegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(start[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(start[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(start[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(start[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(start[40..]),
            BinaryPrimitives.ReadInt32LittleEndian(start[48..]));
        return error.Length == 0;
    }
}
