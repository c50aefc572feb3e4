using KubeLens.Store.Sealing;

namespace KubeLens.Store.Search.Conditions;

/// <summary>Asks the signature of a chunk; those that are older than signatures may have anything.</summary>
internal static class Signature
{
    // Each is a look into some kilobytes: what few of them do not rule out, more do not.
    private const int MostGrams = 8;
    private const int MostPairs = 12;

    /// <summary>Null when the literals are too short to say anything.</summary>
    /// <param name="literals">What a text has to have in it, each.</param>
    public static Sql? HasText(IReadOnlyList<byte[]> literals)
    {
        var probes = literals.SelectMany(literal => ChunkSignature.ProbesOf(literal)).Distinct().ToList();
        return probes.Count == 0 ? null : OfSigned(Sql.Join("and", [.. Spread(probes).Select(Has)]));
    }

    /// <summary>Null when there are too many pairs to ask for each.</summary>
    /// <param name="one">Values of one part of which a call has to have one.</param>
    /// <param name="other">And of another.</param>
    public static Sql? HasPair(PairSide one, PairSide other)
    {
        if (one.Part > other.Part)
        {
            (one, other) = (other, one);
        }

        if (one.Part == other.Part || one.Values.Count * other.Values.Count is 0 or > MostPairs)
        {
            return null;
        }

        var pairs = from first in one.Values
                    from second in other.Values
                    select Sql.Join("and", [.. ChunkSignature.ProbesOf(new PairValue(one.Part, first), new PairValue(other.Part, second)).Select(Has)]);
        return OfSigned(Sql.Join("or", [.. pairs]));
    }

    private static Sql OfSigned(Sql sql) => Sql.Join("or", [new Sql("signature is null", []), sql]);

    private static Sql Has(uint probe) => Bloom.HasBit("signature", probe);

    // Over all of the text: neighbours have three bytes in common.
    private static IEnumerable<uint> Spread(List<uint> probes) =>
        probes.Count <= MostGrams ? probes : Enumerable.Range(0, MostGrams).Select(i => probes[i * (probes.Count - 1) / (MostGrams - 1)]);
}

/// <summary>Values of which a call has to have one.</summary>
internal sealed record PairSide(PairPart Part, IReadOnlyList<long> Values);
