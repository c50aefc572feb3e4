namespace KubeLens.Contracts.Search;

/// <summary>A search that somebody keeps.</summary>
/// <param name="Name">Unique among those of its owner.</param>
/// <param name="Query">In the query language.</param>
/// <param name="From">As it was given, so that <c>now-1h</c> stays the last hour.</param>
/// <param name="To">As <paramref name="From"/>.</param>
/// <param name="Columns">Fields of the query language, in the order in which they are shown; none for the usual ones.</param>
/// <param name="Owner">Who keeps it.</param>
/// <param name="IsShared">Whether everybody sees it.</param>
/// <param name="ChangedAt">UTC.</param>
public sealed record SavedSearchItem(string Name, string Query, string From, string To, IReadOnlyList<string> Columns, string Owner, bool IsShared, DateTimeOffset ChangedAt);
