using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

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
    /// <param name="encoded">By <see cref="Encode"/>.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="rows">Which of them to give; null for all.</param>
    public static long[] Decode(ReadOnlySpan<byte> encoded, int count, int[]? rows = null)
    {
        using var raw = ColumnBytes.Unpack(encoded);
        if (raw.Span.IsEmpty)
        {
            throw new InvalidDataException("A sealed column of numbers is empty.");
        }

        if (rows is null)
        {
            var numbers = new long[count];
            Read(raw.Span, numbers);
            return numbers;
        }

        var all = ArrayPool<long>.Shared.Rent(count);
        Read(raw.Span, all.AsSpan(0, count));
        var some = Array.ConvertAll(rows, row => all[row]);
        ArrayPool<long>.Shared.Return(all);
        return some;
    }

    private static void Read(ReadOnlySpan<byte> raw, Span<long> numbers)
    {
        var form = raw[0];
        raw = raw[1..];
        switch (form)
        {
            case Values:
                ReadSigned(raw, numbers);
                break;
            case Differences:
                ReadSigned(raw, numbers);
                Add(numbers);
                break;
            case Places:
                ReadPlaces(raw, numbers);
                break;
            case Fixed when raw.Length == sizeof(long) * numbers.Length:
                for (var i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = BinaryPrimitives.ReadInt64BigEndian(raw[(sizeof(long) * i)..]);
                }

                break;
            default:
                throw new InvalidDataException($"A sealed column of numbers has the form {form} and {raw.Length} bytes.");
        }
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

    private static void ReadSigned(ReadOnlySpan<byte> raw, Span<long> numbers)
    {
        Varint.Read(ref raw, MemoryMarshal.Cast<long, ulong>(numbers));
        foreach (ref var number in numbers)
        {
            number = Varint.Signed((ulong)number);
        }
    }

    // Each is the difference from the one before.
    private static void Add(Span<long> numbers)
    {
        var last = 0L;
        foreach (ref var number in numbers)
        {
            number = last = unchecked(last + number);
        }
    }

    private static void ReadPlaces(ReadOnlySpan<byte> raw, Span<long> numbers)
    {
        var distinct = new long[Varint.Read(ref raw) is var count && count <= (ulong)numbers.Length ? (int)count : throw new InvalidDataException($"A sealed column of {numbers.Length} numbers says that {count} of them are distinct.")];
        for (var i = 0; i < distinct.Length; i++)
        {
            distinct[i] = Varint.ReadSigned(ref raw);
        }

        Add(distinct);
        Varint.Read(ref raw, MemoryMarshal.Cast<long, ulong>(numbers));
        foreach (ref var number in numbers)
        {
            number = (ulong)number < (ulong)distinct.Length ? distinct[number] : throw new InvalidDataException($"A sealed column of numbers names the place {(ulong)number} of {distinct.Length}.");
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
