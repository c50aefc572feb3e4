namespace KubeLens.Contracts.Access;

/// <summary>Every token, those that are over or revoked as well.</summary>
/// <param name="Items">The newest first.</param>
public sealed record ApiTokenList(IReadOnlyList<ApiTokenItem> Items);
