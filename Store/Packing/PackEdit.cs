using System.Buffers;
using System.Buffers.Binary;

namespace KubeLens.Store.Packing;

/// <summary>Empties places of a pack. Those of the others stay where they are, byte for byte, so that their calls need not change.</summary>
internal static class PackEdit
{
    /// <summary>The length of what is empty.</summary>
    private static ReadOnlySpan<byte> Nothing => [0, 0, 0, 0];

    /// <param name="raw">A pack, decompressed.</param>
    /// <param name="isNeeded">Whether a call has the place.</param>
    /// <returns>The pack without what nobody needs, and how many places had something that went; what is left of nothing is empty.</returns>
    public static (byte[] Raw, int Emptied) Keep(ReadOnlySpan<byte> raw, Func<int, bool> isNeeded)
    {
        var rest = new ArrayBufferWriter<byte>(raw.Length);
        var (emptied, kept) = (0, 0);
        for (var ord = 0; !raw.IsEmpty; ord++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(raw);
            var place = raw[..(sizeof(int) + length)];
            raw = raw[place.Length..];
            if (isNeeded(ord))
            {
                rest.Write(place);
                kept++;
            }
            else
            {
                rest.Write(Nothing);
                emptied += length > 0 ? 1 : 0;
            }
        }

        return (kept > 0 ? rest.WrittenSpan.ToArray() : [], emptied);
    }
}
