using System.Buffers;
using System.Buffers.Binary;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>
/// Whole numbers of 64 bits in the smallest of four forms: as they are, as differences from the one before, as places in a list of the
/// distinct ones, or eight bytes each (which only random ones need).
/// </summary>
internal static class NumberCodec
{
    private const byte Values = 0;
    private const byte Differences = 1;
    private const byte Places = 2;
    private const byte Fixed = 3;

    public static byte[] Encode(ReadOnlySpan<long> numbers)
    {
        var best = ColumnBytes.Pack(WriteValues(numbers));
        Better(ref best, WriteDifferences(numbers));
        if (WritePlaces(numbers) is { } places)
        {
            Better(ref best, places);
        }

        // Eight bytes or more each: they are random, or nearly so.
        if (best.Length >= sizeof(long) * numbers.Length)
        {
            Better(ref best, WriteFixed(numbers));
        }

        return best;
    }

    /// <summary>Fails with <see cref="InvalidDataException"/> for what <see cref="Encode"/> did not write.</summary>
    public static long[] Decode(ReadOnlySpan<byte> encoded, int count)
    {
        ReadOnlySpan<byte> raw = ColumnBytes.Unpack(encoded);
        if (raw.IsEmpty)
        {
            throw new InvalidDataException("A sealed column of numbers is empty.");
        }

        var form = raw[0];
        raw = raw[1..];
        var numbers = new long[count];
        switch (form)
        {
            case Values:
                for (var i = 0; i < count; i++)
                {
                    numbers[i] = Varint.ReadSigned(ref raw);
                }

                break;
            case Differences:
                var last = 0L;
                for (var i = 0; i < count; i++)
                {
                    numbers[i] = last = unchecked(last + Varint.ReadSigned(ref raw));
                }

                break;
            case Places:
                ReadPlaces(raw, numbers);
                break;
            case Fixed when raw.Length == sizeof(long) * count:
                for (var i = 0; i < count; i++)
                {
                    numbers[i] = BinaryPrimitives.ReadInt64BigEndian(raw[(sizeof(long) * i)..]);
                }

                break;
            default:
                throw new InvalidDataException($"A sealed column of numbers has the form {form} and {raw.Length} bytes.");
        }

        return numbers;
    }

    private static void Better(ref byte[] best, ReadOnlySpan<byte> raw)
    {
        var packed = ColumnBytes.Pack(raw);
        best = packed.Length < best.Length ? packed : best;
    }

    private static ReadOnlySpan<byte> WriteValues(ReadOnlySpan<long> numbers)
    {
        var output = Begin(Values);
        foreach (var number in numbers)
        {
            Varint.WriteSigned(output, number);
        }

        return output.WrittenSpan;
    }

    private static ReadOnlySpan<byte> WriteDifferences(ReadOnlySpan<long> numbers)
    {
        var output = Begin(Differences);
        var last = 0L;
        foreach (var number in numbers)
        {
            Varint.WriteSigned(output, unchecked(number - last));
            last = number;
        }

        return output.WrittenSpan;
    }

    // Null where most numbers are there once.
    private static byte[]? WritePlaces(ReadOnlySpan<long> numbers)
    {
        var places = new Dictionary<long, int>();
        foreach (var number in numbers)
        {
            places.TryAdd(number, places.Count);
            if (places.Count > numbers.Length / 2 + 1)
            {
                return null;
            }
        }

        var output = Begin(Places);
        Varint.Write(output, (ulong)places.Count);
        var last = 0L;
        foreach (var number in places.Keys)
        {
            Varint.WriteSigned(output, unchecked(number - last));
            last = number;
        }

        foreach (var number in numbers)
        {
            Varint.Write(output, (ulong)places[number]);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void ReadPlaces(ReadOnlySpan<byte> raw, long[] numbers)
    {
        var distinct = new long[Varint.Read(ref raw) is var count && count <= (ulong)numbers.Length ? (int)count : throw new InvalidDataException($"A sealed column of {numbers.Length} numbers says that {count} of them are distinct.")];
        var last = 0L;
        for (var i = 0; i < distinct.Length; i++)
        {
            distinct[i] = last = unchecked(last + Varint.ReadSigned(ref raw));
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Varint.Read(ref raw) is var place && place < (ulong)distinct.Length ? distinct[place] : throw new InvalidDataException($"A sealed column of numbers names the place {place} of {distinct.Length}.");
        }
    }

    private static ReadOnlySpan<byte> WriteFixed(ReadOnlySpan<long> numbers)
    {
        var raw = new byte[1 + sizeof(long) * numbers.Length];
        raw[0] = Fixed;
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(raw.AsSpan(1 + sizeof(long) * i), numbers[i]);
        }

        return raw;
    }

    private static ArrayBufferWriter<byte> Begin(byte form)
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        output.Write([form]);
        return output;
    }
}
