using KubeLens.Store.Database;

namespace KubeLens.Store.Search.Content;

/// <summary>A part of what a search finds.</summary>
/// <param name="Rows">In the order of the search, at most its limit.</param>
/// <param name="Rest">The search goes on after it, whether or not there is more to find; null when all was looked at.</param>
internal sealed record FoundCalls(IReadOnlyList<Call> Rows, RowPosition? Rest);
