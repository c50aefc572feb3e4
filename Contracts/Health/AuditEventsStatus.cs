namespace KubeLens.Contracts.Health;

/// <summary>Events of apiservers.</summary>
/// <param name="Waiting">Requests that events told of, and that wait for their call.</param>
/// <param name="OldestWaitingAt">When the last that is known of the oldest of them happened; null for none.</param>
public sealed record AuditEventsStatus(long Waiting, DateTimeOffset? OldestWaitingAt);
