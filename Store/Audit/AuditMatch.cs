using KubeLens.Contracts.Calls;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Audit;

/// <summary>
/// Whether an event tells of a call. The audit-id alone proves nothing: whoever has seen one can send it again. So cluster, verb, target, code, time
/// and the address that called have to agree, too.
/// </summary>
internal sealed class AuditMatch(GatewayNetworks gateways, IOptions<AuditOptions> options)
{
    public TimeSpan Skew => TimeSpan.FromSeconds(options.Value.ClockSkewSeconds);

    public bool Agrees(AuditEvent told, AuditedCall call) =>
        told.Id == call.AuditId
        && told.Cluster == call.Cluster
        && told.Verb == call.Verb
        && AgreesInCode(told, call)
        && Overlaps(told, call)
        && gateways.Contains(told.PeerAddress)
        && told.Target.Agrees(call.Path, call.Query);

    // Whoever left early, or lost the upstream, did not see what the apiserver logs; what never went upstream it cannot have logged.
    private static bool AgreesInCode(AuditEvent told, AuditedCall call) => call.Outcome switch
    {
        CallOutcome.Refused => false,
        CallOutcome.Completed or CallOutcome.UpgradeEnded => told.Code == call.Status || told.Code == 0 || told.Stage == AuditStage.Panic,
        _ => true,
    };

    // The gateway's time encloses the apiserver's, as far as the clocks agree.
    private bool Overlaps(AuditEvent told, AuditedCall call)
    {
        var started = call.LatencyUs < (call.At - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond ? call.At.AddTicks(-call.LatencyUs * TimeSpan.TicksPerMicrosecond) : DateTime.UnixEpoch;
        return told.ReceivedAt <= call.At + Skew && told.StageAt >= started - Skew;
    }
}
