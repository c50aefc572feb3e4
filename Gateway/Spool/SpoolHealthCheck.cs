using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.Gateway.Spool;

/// <summary>Unhealthy when calls find no room, degraded while something is dropped or about to be.</summary>
internal sealed class SpoolHealthCheck(CallSpool spool, SpoolDropWatch drops) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Judge(spool.Status));

    private HealthCheckResult Judge(SpoolStatus status)
    {
        if (!status.IsOpen)
        {
            return HealthCheckResult.Unhealthy("The spool is not open");
        }

        if (!status.HasRoom)
        {
            return HealthCheckResult.Unhealthy(status.IsWritable
                ? $"The spool is full (Spool:MaxBytes) with {status.UndeliveredCalls} undelivered calls; calls are not recorded"
                : $"The disk of {spool.Folder} takes no further segment; calls are not recorded");
        }

        if (!status.IsWritable)
        {
            return HealthCheckResult.Degraded($"The disk of {spool.Folder} takes no further segment; what is left of the last one is being used");
        }

        return status.BodiesGiveWay || drops.IsDropping
            ? HealthCheckResult.Degraded($"{status.DroppedCalls} calls and {status.DroppedBodies} bodies were dropped since the start")
            : HealthCheckResult.Healthy();
    }
}
