namespace KubeLens.Contracts.Access;

/// <summary>The body of <c>POST /api/v1/tokens</c>.</summary>
/// <param name="Name">What it is for: one line of at most 100 characters.</param>
/// <param name="Role"><c>viewer</c>, <c>auditor</c> or <c>admin</c>.</param>
/// <param name="ExpiresAt">RFC 3339, or relative such as <c>now+90d</c>; at most 366 days ahead.</param>
/// <param name="Cluster">The only cluster that it shows, as calls name it; all of them when absent. Not of an admin's.</param>
public sealed record ApiTokenRequest(string? Name, string? Role, string? ExpiresAt, string? Cluster = null);
