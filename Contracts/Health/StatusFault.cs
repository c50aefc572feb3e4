namespace KubeLens.Contracts.Health;

/// <summary>Something that failed.</summary>
/// <param name="Time">When, UTC.</param>
/// <param name="Text">What, as it was logged; never a query, a body or a credential.</param>
public sealed record StatusFault(DateTimeOffset Time, string Text);
