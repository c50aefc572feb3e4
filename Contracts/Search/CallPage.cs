namespace KubeLens.Contracts.Search;

/// <summary>One page, newest first.</summary>
/// <param name="Items">At most <c>limit</c> calls.</param>
/// <param name="Next">Opaque; the next page's <c>cursor</c>, or null at the end.</param>
public sealed record CallPage(IReadOnlyList<CallItem> Items, string? Next);
