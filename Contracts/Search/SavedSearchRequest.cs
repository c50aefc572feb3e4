namespace KubeLens.Contracts.Search;

/// <summary>The body of <c>PUT /api/v1/saved-searches/{name}</c>.</summary>
/// <param name="Query">In the query language; everything when absent.</param>
/// <param name="From">Default <c>now-1h</c>.</param>
/// <param name="To">Default <c>now</c>.</param>
/// <param name="Columns">Fields of the query language; the usual ones when absent.</param>
/// <param name="IsShared">Whether everybody is to see it.</param>
public sealed record SavedSearchRequest(string? Query, string? From, string? To, IReadOnlyList<string>? Columns, bool IsShared = false);
