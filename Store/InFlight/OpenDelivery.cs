using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;

namespace KubeLens.Store.InFlight;

/// <summary>What one request tells of calls in flight.</summary>
/// <param name="Calls">Of those with one id the last.</param>
/// <param name="Leases">Of those of one boot the last.</param>
internal sealed record OpenDelivery(IReadOnlyCollection<CallRecord> Calls, IReadOnlyCollection<GatewayLease> Leases)
{
    public bool IsEmpty => Calls.Count == 0 && Leases.Count == 0;
}
