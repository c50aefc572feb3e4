namespace KubeLens.Store.Search;

/// <summary>A condition on <c>call</c> rows, and the lookups that have to be answered before it is asked.</summary>
internal sealed record CompiledQuery(Sql Where, IReadOnlyList<DimLookup> Lookups);
