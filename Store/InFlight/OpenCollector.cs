using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Otlp.Protos;
using KubeLens.Store.Ingest;

namespace KubeLens.Store.InFlight;

/// <summary>Finds what a request tells of calls in flight; everything else in it is the <see cref="CallCollector"/>'s.</summary>
internal static class OpenCollector
{
    public static OpenDelivery Collect(ExportLogsServiceRequest request, Rejections rejections)
    {
        var calls = new Dictionary<(string, string, long), CallRecord>();
        var leases = new Dictionary<(string, string), GatewayLease>();
        foreach (var log in request.ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords))
        {
            if (log.EventName == InFlightAttributes.OpenEvent)
            {
                if (InFlightLog.TryReadOpen(log, out var call, out var error))
                {
                    calls[(call.Gateway, call.Boot, call.Sequence)] = call;
                }
                else
                {
                    rejections.Add($"{InFlightAttributes.OpenEvent}: {error}");
                }
            }
            else if (log.EventName == InFlightAttributes.LeaseEvent)
            {
                if (InFlightLog.TryReadLease(log, out var lease, out var error))
                {
                    leases[(lease.Gateway, lease.Boot)] = lease;
                }
                else
                {
                    rejections.Add($"{InFlightAttributes.LeaseEvent}: {error}");
                }
            }
        }

        return new OpenDelivery(calls.Values, leases.Values);
    }
}
