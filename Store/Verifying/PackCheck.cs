using System.Buffers.Binary;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Verifying;

/// <summary>Whether a pack is what <see cref="PackWriter"/> wrote.</summary>
internal static class PackCheck
{
    /// <returns>What is wrong; null when every place of it can be read.</returns>
    public static string? Fault(short codec, byte[] data, int rawLength, int calls)
    {
        var at = 0;
        try
        {
            ReadOnlySpan<byte> raw = PackCodec.Decompress(codec, data, rawLength);
            for (; !raw.IsEmpty; at++)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(raw);
                StoredCall.Parser.ParseFrom(raw.Slice(sizeof(int), length));
                raw = raw[(sizeof(int) + length)..];
            }
        }
        catch (Exception e) when (e.IsDamage())
        {
            return FormattableString.Invariant($"its bytes do not decode (place {at}: {e.Message})");
        }

        return at == calls ? null : FormattableString.Invariant($"it says that it has {calls} places and has {at}");
    }
}
