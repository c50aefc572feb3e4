using System.Buffers;
using System.Numerics;
using System.Text;
using KubeLens.Store.Database;

namespace KubeLens.Store.Sealing;

/// <summary>
/// Says which four bytes may follow each other in a name, path or query of a chunk, and which pairs of values a call of it may have:
/// one bit for the former and two for the latter, in four times as many bits as are set. Of what the chunk does not have, one in five
/// of the former pass, of which a word has several, and one in twenty of the latter.
/// </summary>
internal static class ChunkSignature
{
    /// <summary>The columns whose texts are in it.</summary>
    public static readonly IReadOnlyList<string> Columns = ["name", "path", "query"];

    // So many bytes of a text are looked up together: they fill a number of 32 bits.
    private const int Gram = 4;

    // Of a probe: more than a signature has bits.
    private const int ProbeBits = 22;
    private const int BitsPerProbe = 4;
    private const int PairProbes = 2;

    /// <param name="rows">The calls of the chunk.</param>
    public static byte[] Of(IReadOnlyList<Call> rows)
    {
        var probes = SetOf(rows);
        var count = probes.Sum(word => (long)BitOperations.PopCount(word));
        var signature = new byte[count * BitsPerProbe / 8 + 8];
        foreach (var probe in NumbersOf(probes))
        {
            BitFilter.Set(signature, probe);
        }

        return signature;
    }

    /// <summary>Whether it says all that it has to of some calls.</summary>
    public static bool Has(byte[] signature, IEnumerable<Call> rows) =>
        NumbersOf(SetOf(rows)).All(probe => BitFilter.Has(signature, probe));

    /// <summary>Numbers which, modulo the bits of a signature, are bits that are set in it if a text of the chunk has this in it, in any case.</summary>
    public static uint[] ProbesOf(ReadOnlySpan<byte> text)
    {
        var probes = new uint[Math.Max(0, text.Length - Gram + 1)];
        var gram = 0u;
        for (var i = 0; i < text.Length; i++)
        {
            gram = (gram << 8) | AsciiFold.Of(text[i]);
            if (i >= Gram - 1)
            {
                probes[i - Gram + 1] = Mix(gram);
            }
        }

        return probes;
    }

    /// <summary>The same for a call that has two values.</summary>
    /// <param name="first">The smaller one by <see cref="PairPart"/>.</param>
    /// <param name="second">The other one.</param>
    public static IReadOnlyList<uint> ProbesOf(PairValue first, PairValue second) => [.. Enumerable.Range(1, PairProbes).Select(number => ProbeOf(first, second, number))];

    // A bit for each probe there can be.
    private static ulong[] SetOf(IEnumerable<Call> rows)
    {
        var probes = new ulong[(1 << ProbeBits) / 64];
        foreach (var row in rows)
        {
            AddTo(probes, row);
        }

        return probes;
    }

    private static void AddTo(ulong[] probes, Call row)
    {
        AddTo(probes, row.Name);
        AddTo(probes, row.Path);
        AddTo(probes, row.Query);
        ReadOnlySpan<PairValue> values =
        [
            new(PairPart.User, row.UserId), new(PairPart.Verb, row.VerbId), new(PairPart.Resource, row.ResourceId), new(PairPart.Namespace, row.NamespaceId),
            new(PairPart.Status, row.Status), new(PairPart.StatusClass, row.Status / 100),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = i + 1; k < values.Length; k++)
            {
                for (var number = 1; number <= PairProbes; number++)
                {
                    Set(probes, ProbeOf(values[i], values[k], number));
                }
            }
        }
    }

    private static void AddTo(ulong[] probes, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        foreach (var probe in ProbesOf(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes))))
        {
            Set(probes, probe);
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static uint ProbeOf(PairValue first, PairValue second, int number) =>
        Mix(Mixed(((ulong)first.Part << 36) ^ ((ulong)second.Part << 32) ^ (uint)first.Value) ^ (ulong)second.Value ^ ((ulong)number << 60));

    private static void Set(ulong[] probes, uint probe) => probes[probe / 64] |= 1UL << (int)(probe % 64);

    private static IEnumerable<uint> NumbersOf(ulong[] probes)
    {
        for (var i = 0; i < probes.Length; i++)
        {
            for (var word = probes[i]; word != 0; word &= word - 1)
            {
                yield return (uint)(64 * i + BitOperations.TrailingZeroCount(word));
            }
        }
    }

    private static uint Mix(ulong value) => (uint)(Mixed(value) >> (64 - ProbeBits));

    // The finalizer of SplitMix64: each bit of what goes in changes each of what comes out.
    private static ulong Mixed(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EB);
        return value ^ (value >> 31);
    }
}
