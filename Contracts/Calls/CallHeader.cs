namespace KubeLens.Contracts.Calls;

/// <summary>One header, name in lower case, values in their order, credentials replaced.</summary>
public sealed record CallHeader(string Name, IReadOnlyList<string> Values);
