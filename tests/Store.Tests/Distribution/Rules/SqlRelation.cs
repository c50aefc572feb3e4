using System.Text.RegularExpressions;
using KubeLens.Store.Distribution;

namespace KubeLens.Store.Tests.Distribution.Rules;

/// <summary>What a query reads from or writes to.</summary>
/// <param name="Name">Of a table, a function or a <c>with</c> query; empty for a subquery.</param>
/// <param name="Alias">By which its columns are named.</param>
/// <param name="Join">The words before it, from <c>left join</c> to a comma.</param>
internal sealed partial record SqlRelation(string Name, string Alias, string Join)
{
    /// <summary>The column by which it is spread; null for one that is not.</summary>
    public string? Key => KeyOf(Name);

    public bool IsDistributed => Key is not null;

    /// <summary>Of a table, or of one of its partitions.</summary>
    public static string? KeyOf(string table) => TablePlacements.Distributed.FirstOrDefault(placement => placement.Table == Partition().Replace(table, ""))?.Column;

    [GeneratedRegex("_(?:[0-9]{8}|[0-9]{10}|default|held)$")]
    private static partial Regex Partition();
}
