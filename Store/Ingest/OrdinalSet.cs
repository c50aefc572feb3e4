using System.Numerics;

namespace KubeLens.Store.Ingest;

/// <summary>The ordinals of a batch that are stored, as the ledger keeps them: bit o of the bytes, lowest first.</summary>
internal sealed class OrdinalSet(byte[] bytes)
{
    public static OrdinalSet Empty(int size) => new(new byte[(size + 7) / 8]);

    public byte[] Bytes => bytes;

    public int Count => bytes.Sum(b => BitOperations.PopCount(b));

    public bool Contains(int ordinal) => ordinal >> 3 < bytes.Length && (bytes[ordinal >> 3] & (1 << (ordinal & 7))) != 0;

    public void Add(int ordinal) => bytes[ordinal >> 3] |= (byte)(1 << (ordinal & 7));
}
