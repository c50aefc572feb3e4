namespace KubeLens.Store.Sealing;

/// <summary>Bits of which each probe has one, modulo their number: how <see cref="ChunkBloom"/> and <see cref="ChunkSignature"/> keep theirs, and as the database looks at them.</summary>
internal static class BitFilter
{
    public static void Set(byte[] bits, long probe)
    {
        var (place, bit) = PlaceOf(bits, probe);
        bits[place] |= bit;
    }

    public static bool Has(byte[] bits, long probe)
    {
        var (place, bit) = PlaceOf(bits, probe);
        return (bits[place] & bit) != 0;
    }

    private static (long Place, byte Bit) PlaceOf(byte[] bits, long probe) => probe % (bits.Length * 8L) is var bit ? (bit / 8, (byte)(1 << (int)(bit % 8))) : default;
}
