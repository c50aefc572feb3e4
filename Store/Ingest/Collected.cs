using KubeLens.Store.InFlight;

namespace KubeLens.Store.Ingest;

/// <summary>What one request brought.</summary>
/// <param name="Calls">In the order of their batches.</param>
/// <param name="Open">Of calls that have not ended.</param>
internal sealed record Collected(IReadOnlyList<Delivery> Calls, OpenDelivery Open);
