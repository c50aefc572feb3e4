namespace KubeLens.Contracts.Health;

/// <summary>Which ended calls there are, in whatever place.</summary>
/// <param name="OldestAt">When the oldest completed; null for none.</param>
/// <param name="NewestAt">When the newest completed, by its gateway's clock; null for none.</param>
/// <param name="InFlight">Calls that are known to run.</param>
public sealed record CallsStatus(DateTimeOffset? OldestAt, DateTimeOffset? NewestAt, long InFlight);
