using System.Buffers;
using System.Text;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>Texts: the distinct ones once, as UTF-8, and for each row the place of its own. Both parts follow each other, the places first with their length (varint).</summary>
internal static class TextCodec
{
    public static byte[] Encode(IReadOnlyList<string> texts)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new long[texts.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!places.TryGetValue(texts[i], out var place))
            {
                places[texts[i]] = place = places.Count;
            }

            numbers[i] = place;
        }

        var distinct = new ArrayBufferWriter<byte>(4_096);
        Varint.Write(distinct, (ulong)places.Count);
        foreach (var text in places.Keys)
        {
            Varint.Write(distinct, (ulong)Encoding.UTF8.GetByteCount(text));
        }

        foreach (var text in places.Keys)
        {
            distinct.Advance(Encoding.UTF8.GetBytes(text, distinct.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        }

        var encoded = NumberCodec.Encode(numbers);
        var output = new ArrayBufferWriter<byte>(encoded.Length + 16);
        Varint.Write(output, (ulong)encoded.Length);
        output.Write(encoded);
        output.Write(ColumnBytes.Pack(distinct.WrittenSpan));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Fails with <see cref="InvalidDataException"/> for what <see cref="Encode"/> did not write.</summary>
    /// <param name="encoded">By <see cref="Encode"/>.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="rows">Which of them to give; null for all.</param>
    public static TextColumn Decode(ReadOnlySpan<byte> encoded, int count, int[]? rows = null)
    {
        var length = Varint.Read(ref encoded);
        if (length > (ulong)encoded.Length)
        {
            throw new InvalidDataException("A sealed column of texts ends within its places.");
        }

        var places = NumberCodec.Decode(encoded[..(int)length], count, rows);
        using var unpacked = ColumnBytes.Unpack(encoded[(int)length..]);
        ReadOnlySpan<byte> raw = unpacked.Span;
        var ends = new int[(int)Math.Min(Varint.Read(ref raw), (ulong)raw.Length)];
        var last = 0L;
        foreach (ref var end in ends.AsSpan())
        {
            last += (long)Math.Min(Varint.Read(ref raw), int.MaxValue);
            end = (int)Math.Min(last, int.MaxValue);
        }

        if (last > raw.Length)
        {
            throw new InvalidDataException("A sealed column of texts ends within one.");
        }

        if (!Array.TrueForAll(places, place => place >= 0 && place < ends.Length))
        {
            throw new InvalidDataException("A sealed column of texts names one that it does not have.");
        }

        return rows is null ? new TextColumn(places, raw.ToArray(), ends) : Pick(places, raw, ends);
    }

    // A text for each row, which may be there twice then.
    private static TextColumn Pick(long[] places, ReadOnlySpan<byte> all, int[] ends)
    {
        var texts = new ArrayBufferWriter<byte>();
        var picked = new int[places.Length];
        for (var i = 0; i < picked.Length; i++)
        {
            texts.Write(TextColumn.Slice(all, ends, (int)places[i]));
            (places[i], picked[i]) = (i, texts.WrittenCount);
        }

        return new TextColumn(places, texts.WrittenMemory, picked);
    }
}
