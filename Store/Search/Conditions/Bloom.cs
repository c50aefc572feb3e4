using KubeLens.Store.Sealing;

namespace KubeLens.Store.Search.Conditions;

/// <summary>Asks the bloom of a chunk.</summary>
internal static class Bloom
{
    public static Sql Has(string column, string value) =>
        Sql.Join("and", [.. ChunkBloom.ProbesOf(column, value).Select(probe => HasBit("bloom", probe))]);

    /// <summary>Asks for the bit of a probe, as <see cref="BitFilter"/> sets it.</summary>
    /// <param name="bits">The column that has them.</param>
    /// <param name="probe">See there.</param>
    public static Sql HasBit(string bits, long probe) => Sql.Of($"get_bit({bits}, ? % (octet_length({bits})::bigint * 8)) = 1", probe);
}
