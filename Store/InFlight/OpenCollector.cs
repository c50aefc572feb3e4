using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Store.Ingest;

namespace KubeLens.Store.InFlight;

/// <summary>Takes what the records of a request tell of calls in flight; everything else in it is the <see cref="CallCollector"/>'s.</summary>
internal sealed class OpenCollector
{
    private readonly Dictionary<(string, string, long), CallRecord> _calls = [];
    private readonly Dictionary<(string, string), GatewayLease> _leases = [];

    public OpenDelivery Delivery => new(_calls.Values, _leases.Values);

    /// <param name="log">Of an event of <see cref="InFlightLog"/>.</param>
    /// <param name="rejections">Gets it when it does not say what it should.</param>
    public void Add(OtlpLog log, Rejections rejections)
    {
        if (log.EventName == InFlightAttributes.OpenEvent)
        {
            if (InFlightLog.TryReadOpen(log, out var call, out var error))
            {
                _calls[(call.Gateway, call.Boot, call.Sequence)] = call;
            }
            else
            {
                rejections.Add($"{InFlightAttributes.OpenEvent}: {error}");
            }
        }
        else if (InFlightLog.TryReadLease(log, out var lease, out var error))
        {
            _leases[(lease.Gateway, lease.Boot)] = lease;
        }
        else
        {
            rejections.Add($"{InFlightAttributes.LeaseEvent}: {error}");
        }
    }
}
