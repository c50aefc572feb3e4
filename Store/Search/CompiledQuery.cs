using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search;

/// <summary>A condition on calls, and the lookups that have to be answered before it is asked.</summary>
internal sealed record CompiledQuery(RowCondition Condition, IReadOnlyList<DimLookup> Lookups)
{
    /// <summary>On <c>call</c> rows.</summary>
    public Sql Where => Condition.ToSql();
}
