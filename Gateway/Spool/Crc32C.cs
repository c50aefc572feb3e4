using System.Buffers.Binary;
using System.Numerics;

namespace KubeLens.Gateway.Spool;

/// <summary>CRC-32C (Castagnoli) by the processor's own instruction; System.IO.Hashing offers only the IEEE polynomial.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        }

        foreach (var b in data)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
