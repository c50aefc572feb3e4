using KubeLens.Store.Search.Conditions;

namespace KubeLens.Store.Search;

/// <summary>A condition on calls, and the lookups that have to be answered before it is asked.</summary>
internal sealed record CompiledQuery(RowCondition Condition, IReadOnlyList<ISearchLookup> Lookups)
{
    /// <summary>On <c>call</c> rows; not where <see cref="AsksContent"/>.</summary>
    public Sql Where => Condition.ToSql();

    /// <summary>Some of it is to be asked of bodies.</summary>
    public bool AsksContent => Condition.Columns.Contains(ContentIs.Column);

    /// <summary>Met by every call that may meet the query, whatever its bodies hold.</summary>
    public CompiledQuery AtMost() => this with { Condition = Condition.Replace((content, isNegated) => isNegated ? RowCondition.False : content.Term.Possible) };

    /// <summary>Of calls without bodies, as those in flight are.</summary>
    public CompiledQuery WithoutContent() => this with { Condition = Condition.Replace((_, _) => RowCondition.False) };
}
