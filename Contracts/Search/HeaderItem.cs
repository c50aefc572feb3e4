namespace KubeLens.Contracts.Search;

/// <summary>One header, name in lower case, credentials already replaced by the gateway.</summary>
public sealed record HeaderItem(string Name, IReadOnlyList<string> Values);
