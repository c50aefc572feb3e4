namespace KubeLens.Contracts.Search;

/// <summary>One page, newest first; the first page begins with the calls that have not ended, newest start first.</summary>
/// <param name="Items">At most <c>limit</c> ended calls, and on the first page up to 100 others before them.</param>
/// <param name="Next">Opaque; the next page's <c>cursor</c>, or null at the end.</param>
/// <param name="MoreInFlight">Calls that have not ended, match, and are left out of <paramref name="Items"/>; 0 on later pages.</param>
/// <param name="SearchedTo">Where a search in bodies stopped before its page was full, or had any items: all that completed since then is found, and <paramref name="Next"/> goes on from there. Null where that is not so.</param>
public sealed record CallPage(IReadOnlyList<CallItem> Items, string? Next, int MoreInFlight = 0, DateTimeOffset? SearchedTo = null);
