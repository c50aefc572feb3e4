namespace KubeLens.Contracts.Health;

/// <summary>How the Store is. Each part is read by itself: one that cannot be says so, and keeps no other from being told.</summary>
/// <param name="Time">When it was asked, by the Store's clock, UTC.</param>
/// <param name="StartedAt">When the process that answers began: its totals and faults are those since then. Other Stores on the same database have their own.</param>
/// <param name="Version">Of that process.</param>
/// <param name="Calls">Which calls there are.</param>
/// <param name="Ingest">What is delivered.</param>
/// <param name="Gateways">Who delivers, by name.</param>
/// <param name="Space">What it takes.</param>
/// <param name="Sealing">How far closed hours are packed.</param>
/// <param name="Retention">How long it is kept.</param>
/// <param name="Audit">Events of apiservers that wait for their call.</param>
public sealed record StoreStatus(
    DateTimeOffset Time,
    DateTimeOffset StartedAt,
    string Version,
    StatusPart<CallsStatus> Calls,
    StatusPart<IngestStatus> Ingest,
    StatusPart<GatewaysStatus> Gateways,
    StatusPart<SpaceStatus> Space,
    StatusPart<SealingStatus> Sealing,
    StatusPart<RetentionStatus> Retention,
    StatusPart<AuditEventsStatus> Audit);
