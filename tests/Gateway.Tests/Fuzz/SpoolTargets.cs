using System.Buffers.Binary;
using KubeLens.Gateway.Spool;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>What the spool reads back from its own files after a crash or a broken disk. Checksums are made right, since they would stop nearly everything else.</summary>
internal static class SpoolTargets
{
    private const uint Marker = 0x5EED_5EED;
    private const int Longest = 8 * 1_024;

    public static IEnumerable<FuzzTarget> All()
    {
        yield return new FuzzTarget("frames", random => FuzzMutator.Mutate([Frames()], random), Scan);
        yield return new FuzzTarget("marks", random => FuzzMutator.Mutate([Mark(1, 2, 5, 4), Mark(long.MaxValue, 0, long.MinValue)], random), ReadMark);
    }

    private static byte[] Frames()
    {
        var frames = new byte[512];
        var at = 0;
        foreach (var length in new[] { 10, 64, 0, 33 })
        {
            var size = SpoolFrame.HeaderBytes + length;
            WriteFrame(frames.AsSpan(at, size), (FrameKind)(length % 3 + 1), at);
            at += SpoolFrame.Aligned(size);
        }

        return frames;
    }

    private static void WriteFrame(Span<byte> frame, FrameKind kind, long sequence)
    {
        SpoolFrame.WriteHeader(frame, Marker, kind, sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32C.Of(frame[8..]));
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)frame.Length);
    }

    private static void Scan(byte[] input)
    {
        var data = input.AsSpan(0, Math.Min(input.Length, Longest));
        using var folder = new TempFolder("fuzz");
        var file = new byte[(SegmentHeader.DataOffset + data.Length + 4_096) / 4_096 * 4_096];
        new SegmentHeader(Marker, 1, 1, 1, 1, file.Length).Write(file);
        data.CopyTo(file.AsSpan(SegmentHeader.DataOffset));
        // The first frame's checksum is right whatever it says, if it says how long it is.
        if (data.Length >= SpoolFrame.HeaderBytes && BinaryPrimitives.ReadUInt32LittleEndian(data) is var size and >= SpoolFrame.HeaderBytes && size <= data.Length)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(SegmentHeader.DataOffset + 4), Crc32C.Of(data[8..(int)size]));
        }

        File.WriteAllBytes(folder["segment"], file);
        using var segment = Segment.Open(folder["segment"], out var error).ShouldNotBeNull();
        error.ShouldBeEmpty();
        for (var at = segment.ReadPosition; FrameScanner.TryNext(segment, at, out var frame, out _); at = frame.End)
        {
            frame.Offset.ShouldBeGreaterThanOrEqualTo(at);
            frame.Payload.Length.ShouldBeLessThanOrEqualTo(segment.Length);
        }

        segment.ReadMark(0).ShouldBeNull();
    }

    private static byte[] Mark(params long[] sequences)
    {
        var slot = new byte[BatchMark.SlotBytes];
        new BatchMark(77L << 32, 739_000, sequences).Write(slot);
        return slot.AsSpan(8, (int)BinaryPrimitives.ReadUInt32LittleEndian(slot)).ToArray();
    }

    private static void ReadMark(byte[] input)
    {
        var slot = new byte[BatchMark.SlotBytes];
        var payload = input.AsSpan(0, Math.Min(input.Length, slot.Length - 8));
        payload.CopyTo(slot.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(slot, (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(slot.AsSpan(4), Crc32C.Of(payload));
        var mark = BatchMark.Read(slot);
        (mark is null || mark.Sequences.Count <= payload.Length).ShouldBeTrue();
    }
}
