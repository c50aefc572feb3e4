using System.Diagnostics.CodeAnalysis;

namespace KubeLens.Contracts.Query;

/// <summary>What <see cref="QueryParser"/> understood.</summary>
/// <param name="Root">The query, or null when there is an error: half a query must never run as a wider one.</param>
/// <param name="Messages">Errors and warnings in the order of their columns.</param>
public sealed record QueryParse(QueryNode? Root, IReadOnlyList<QueryMessage> Messages)
{
    [MemberNotNullWhen(false, nameof(Root))]
    public bool HasErrors => Root is null;
}
