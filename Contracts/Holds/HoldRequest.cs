namespace KubeLens.Contracts.Holds;

/// <summary>The body of <c>POST /api/v1/holds</c>.</summary>
/// <param name="Name">One line of up to 1,000 characters, as a case number; unique among those in force.</param>
/// <param name="Query">What to keep, in the query language; without <c>has:note</c>.</param>
/// <param name="From">Completed at or after: RFC 3339, or relative such as <c>now-7d</c>.</param>
/// <param name="To">Completed at or before; may lie ahead. Default <c>now</c>.</param>
/// <param name="Reason">One line of up to 1,000 characters.</param>
public sealed record HoldRequest(string? Name, string? Query, string? From, string? To, string? Reason);
