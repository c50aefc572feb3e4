namespace KubeLens.Contracts.Search;

/// <summary>Events of one type.</summary>
/// <param name="Events">How many.</param>
/// <param name="Bytes">Of all of them.</param>
public sealed record WatchCount(long Events, long Bytes);
