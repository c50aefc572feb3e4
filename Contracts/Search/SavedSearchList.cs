namespace KubeLens.Contracts.Search;

/// <summary>The reader's own searches, and those that others share.</summary>
/// <param name="Items">By name, then by owner.</param>
public sealed record SavedSearchList(IReadOnlyList<SavedSearchItem> Items);
