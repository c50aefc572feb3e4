namespace KubeLens.Contracts.Search;

/// <summary>What is known of a list that was answered.</summary>
/// <param name="Part"><c>whole</c>, <c>page</c> or <c>unknown</c>.</param>
/// <param name="Items">How many items the answer had; null when it was longer than what was kept.</param>
/// <param name="RemainingItems">How many more there are, as the apiserver says; null where it does not.</param>
/// <param name="Continues">There is a page after it.</param>
public sealed record ListingItem(string Part, long? Items, long? RemainingItems, bool Continues);
