namespace KubeLens.Contracts.Health;

/// <summary>What is delivered. Dead letters are kept and counted by gateways: the Store does not know of them.</summary>
/// <param name="LastDeliveryAt">When the last batch came, of those that were made within a week; null for none.</param>
/// <param name="DeliveryLagMs">How old the oldest call of that batch was when it came; null where that is not known.</param>
/// <param name="Calls">Stored since the start.</param>
/// <param name="Batches">That brought new calls, since the start.</param>
/// <param name="Duplicates">Calls that came again after they were stored, since the start.</param>
/// <param name="Rejected">Records that were refused for good, since the start.</param>
/// <param name="Refused">Deliveries that were told to come again later, since the start.</param>
public sealed record IngestStatus(DateTimeOffset? LastDeliveryAt, double? DeliveryLagMs, long Calls, long Batches, long Duplicates, long Rejected, long Refused);
