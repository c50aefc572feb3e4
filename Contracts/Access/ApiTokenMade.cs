namespace KubeLens.Contracts.Access;

/// <summary>A token, told this once.</summary>
/// <param name="Token">The bearer token: <c>klt_</c> and 43 characters.</param>
/// <param name="Item">What is kept of it.</param>
public sealed record ApiTokenMade(string Token, ApiTokenItem Item);
