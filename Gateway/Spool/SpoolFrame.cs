using System.Buffers.Binary;

namespace KubeLens.Gateway.Spool;

/// <summary>
/// One frame in a segment. On disk, little-endian, at a multiple of 8:
/// <code>
///  0  u32  size of header and payload; 0: nothing here; highest bit: being written
///  4  u32  CRC-32C of everything from offset 8 to the end
///  8  u32  the segment's marker, random, so that no payload can pass for a frame
/// 12  u8   kind, then three zero bytes
/// 16  i64  sequence of the call
/// 24       payload
/// </code>
/// The size is reserved (highest bit set) before the copy and published (bit cleared) after it: a reader, and whoever
/// comes after a crash, sees whole frames only, and can step over one that was not finished.
/// </summary>
internal readonly record struct SpoolFrame(Segment Segment, int Offset, FrameKind Kind, long Sequence, int PayloadLength)
{
    public const int HeaderBytes = 24;
    public const uint BeingWritten = 0x8000_0000;

    /// <summary>Where the next frame begins.</summary>
    public int End => Offset + Aligned(HeaderBytes + PayloadLength);

    /// <summary>Valid while the caller holds the reader's gate and the segment is not dropped.</summary>
    public ReadOnlySpan<byte> Payload => Segment.Bytes(Offset + HeaderBytes, PayloadLength);

    public static int Aligned(int size) => (size + 7) & ~7;

    public static void WriteHeader(Span<byte> frame, uint marker, FrameKind kind, long sequence)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], marker);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[12..], (byte)kind);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], sequence);
    }

    /// <summary>Reads the frame at <paramref name="offset"/> if it is there whole and its CRC holds.</summary>
    public static bool TryParse(Segment segment, int offset, uint sizeWord, out SpoolFrame frame)
    {
        frame = default;
        var size = sizeWord & ~BeingWritten;
        if (size < HeaderBytes || size > (uint)(segment.Length - offset))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = segment.Bytes(offset, (int)size);
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != segment.Header.Marker
            || kind is < (byte)FrameKind.Call or > (byte)FrameKind.Bodies
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Crc32C.Of(bytes[8..]))
        {
            return false;
        }

        frame = new SpoolFrame(segment, offset, (FrameKind)kind, BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), (int)size - HeaderBytes);
        return true;
    }
}
