using KubeLens.Store.Sealing;

namespace KubeLens.Store.Search.Conditions;

/// <summary>Asks the bloom of a chunk.</summary>
internal static class Bloom
{
    public static Sql Has(string column, string value) =>
        Sql.Join("and", [.. ChunkBloom.ProbesOf(column, value).Select(probe => Sql.Of("get_bit(bloom, ? % (octet_length(bloom)::bigint * 8)) = 1", probe))]);
}
