using System.Buffers.Binary;

namespace KubeLens.Gateway.Spool;

/// <summary>
/// Which calls a batch holds, in the order of their ordinals. It is written before the batch is first sent, into one of
/// the two slots in the header of the segment that holds its first call, and needed until the batch is answered: at most
/// <see cref="Slots"/> batches are under way, so marking needs no room in a spool that may be full.
/// </summary>
internal sealed record BatchMark(long BatchId, int DayNumber, IReadOnlyList<long> Sequences)
{
    public const int Slots = 2;
    public const int SlotBytes = 8192;

    private const int PayloadOffset = 8, FixedBytes = 16, MaxVarintBytes = 10;

    /// <summary>Bytes that one more sequence takes; a batch ends before its mark outgrows its slot.</summary>
    public static int SizeOf(long previous, long sequence)
    {
        var size = 1;
        for (var rest = ZigZag(sequence - previous); rest >= 0x80; rest >>= 7)
        {
            size++;
        }

        return size;
    }

    /// <summary>What all <see cref="SizeOf"/> of a mark may sum up to.</summary>
    public const int Capacity = SlotBytes - PayloadOffset - FixedBytes - MaxVarintBytes;

    // Slot: u32 payload length (0: none), u32 CRC-32C of the payload, payload: i64 id, i32 day, i32 count, zigzag varint differences.
    public void Write(Span<byte> slot)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(slot, 0);
        var payload = slot[PayloadOffset..];
        BinaryPrimitives.WriteInt64LittleEndian(payload, BatchId);
        BinaryPrimitives.WriteInt32LittleEndian(payload[8..], DayNumber);
        BinaryPrimitives.WriteInt32LittleEndian(payload[12..], Sequences.Count);
        var at = FixedBytes;
        var previous = 0L;
        foreach (var sequence in Sequences)
        {
            var rest = ZigZag(sequence - previous);
            for (; rest >= 0x80; rest >>= 7)
            {
                payload[at++] = (byte)(rest | 0x80);
            }

            payload[at++] = (byte)rest;
            previous = sequence;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(slot[4..], Crc32C.Of(payload[..at]));
        Interlocked.MemoryBarrier();
        BinaryPrimitives.WriteUInt32LittleEndian(slot, (uint)at);
    }

    /// <summary>Null when the slot is empty, half written or damaged.</summary>
    public static BatchMark? Read(ReadOnlySpan<byte> slot)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(slot);
        if (length is < FixedBytes or > SlotBytes - PayloadOffset)
        {
            return null;
        }

        var payload = slot.Slice(PayloadOffset, (int)length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(slot[4..]) != Crc32C.Of(payload))
        {
            return null;
        }

        // Each takes a byte at least: a count is not believed, whatever the checksum says.
        var count = BinaryPrimitives.ReadInt32LittleEndian(payload[12..]);
        if (count < 0 || count > payload.Length - FixedBytes)
        {
            return null;
        }

        var sequences = new long[count];
        var at = FixedBytes;
        var previous = 0L;
        for (var i = 0; i < sequences.Length; i++)
        {
            if (!TryReadVarint(payload, ref at, out var value))
            {
                return null;
            }

            sequences[i] = previous += (long)(value >> 1) ^ -(long)(value & 1);
        }

        return new BatchMark(BinaryPrimitives.ReadInt64LittleEndian(payload), BinaryPrimitives.ReadInt32LittleEndian(payload[8..]), sequences);
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> payload, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < MaxVarintBytes * 7 && at < payload.Length; shift += 7)
        {
            var b = payload[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
