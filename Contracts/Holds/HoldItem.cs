namespace KubeLens.Contracts.Holds;

/// <summary>A legal hold: what its query finds is kept, whatever its age.</summary>
/// <param name="Id">Grows with every hold.</param>
/// <param name="Name">Unique among those in force.</param>
/// <param name="Query">In the query language.</param>
/// <param name="From">Calls completed at or after, UTC.</param>
/// <param name="To">Calls completed at or before, UTC; may lie ahead.</param>
/// <param name="Reason">Why.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="PlacedAt">When, UTC.</param>
/// <param name="ReleasedBy">Who released it; null while it is in force.</param>
/// <param name="ReleasedAt">When, UTC.</param>
/// <param name="KeptCalls">How many calls that retention wanted it finds among those that are kept; null for a released one, and where it cannot be said now, as of a query that asks what bodies hold.</param>
public sealed record HoldItem(
    long Id, string Name, string Query, DateTimeOffset From, DateTimeOffset To, string Reason, string PlacedBy, DateTimeOffset PlacedAt, string? ReleasedBy, DateTimeOffset? ReleasedAt, long? KeptCalls);
