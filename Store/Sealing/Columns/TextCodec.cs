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
    public static TextColumn Decode(ReadOnlySpan<byte> encoded, int count)
    {
        var length = Varint.Read(ref encoded);
        if (length > (ulong)encoded.Length)
        {
            throw new InvalidDataException("A sealed column of texts ends within its places.");
        }

        var places = NumberCodec.Decode(encoded[..(int)length], count);
        ReadOnlySpan<byte> raw = ColumnBytes.Unpack(encoded[(int)length..]);
        var lengths = new int[(int)Math.Min(Varint.Read(ref raw), (ulong)raw.Length)];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = (int)Varint.Read(ref raw);
        }

        var distinct = new byte[lengths.Length][];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 0 || lengths[i] > raw.Length)
            {
                throw new InvalidDataException("A sealed column of texts ends within one.");
            }

            distinct[i] = raw[..lengths[i]].ToArray();
            raw = raw[lengths[i]..];
        }

        return places.All(place => place >= 0 && place < distinct.Length)
            ? new TextColumn(places, distinct)
            : throw new InvalidDataException("A sealed column of texts names one that it does not have.");
    }
}
