using KubeLens.Contracts.Query;

namespace KubeLens.Contracts.Search;

/// <summary>The answer to a query that cannot be run: HTTP 400, <c>application/problem+json</c>.</summary>
/// <param name="Type">Always <c>about:blank</c>.</param>
/// <param name="Title">One sentence for a person.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Messages">What is wrong and where, first things first.</param>
public sealed record QueryProblem(string Type, string Title, int Status, IReadOnlyList<QueryMessage> Messages);
