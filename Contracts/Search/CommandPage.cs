namespace KubeLens.Contracts.Search;

/// <summary>
/// Runs of commands with a call that a query finds, by the newest such call that has ended, newest first. On the first page those come before them of which it
/// finds only calls that have not ended.
/// </summary>
/// <param name="From">Start of the range.</param>
/// <param name="To">End of the range, included.</param>
/// <param name="Runs">At most <c>limit</c>, and on the first page up to 100 others before them; a page may be short, and even empty, and yet have another after it.</param>
/// <param name="Next">Opaque; the next page's <c>cursor</c>, or null at the end.</param>
public sealed record CommandPage(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<CommandRun> Runs, string? Next);
