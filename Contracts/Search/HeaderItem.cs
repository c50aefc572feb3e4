namespace KubeLens.Contracts.Search;

/// <summary>One header, name in lower case, credentials already replaced by the gateway.</summary>
/// <param name="Name">Of the header.</param>
/// <param name="Values">As sent; none where the reader's role does not see them.</param>
public sealed record HeaderItem(string Name, IReadOnlyList<string> Values);
