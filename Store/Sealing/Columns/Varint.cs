using System.Buffers;
using System.Runtime.CompilerServices;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>Numbers in as many bytes as they need, seven bits a byte, lowest first; signed ones zigzagged, as protobuf has them.</summary>
internal static class Varint
{
    private const int MostBytes = 10;

    public static void Write(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(MostBytes);
        var at = 0;
        while (value >= 0x80)
        {
            span[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[at++] = (byte)value;
        output.Advance(at);
    }

    public static void WriteSigned(IBufferWriter<byte> output, long value) => Write(output, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Takes it from the front. Fails with <see cref="InvalidDataException"/> when the bytes end before it does.</summary>
    public static ulong Read(ref ReadOnlySpan<byte> from)
    {
        var at = 0;
        var value = ReadAt(from, ref at);
        from = from[at..];
        return value;
    }

    /// <summary>Takes as many from the front as there is room for. Fails as <see cref="Read(ref ReadOnlySpan{byte})"/> does.</summary>
    public static void Read(ref ReadOnlySpan<byte> from, Span<ulong> into)
    {
        var at = 0;
        foreach (ref var value in into)
        {
            value = ReadAt(from, ref at);
        }

        from = from[at..];
    }

    public static long ReadSigned(ref ReadOnlySpan<byte> from) => Signed(Read(ref from));

    /// <summary>The number that was written as signed.</summary>
    public static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadAt(ReadOnlySpan<byte> from, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 7 * MostBytes && (uint)at < (uint)from.Length; shift += 7)
        {
            var next = from[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number of a sealed column has no end.");
    }
}
