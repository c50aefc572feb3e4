using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.DemoCluster.Life;

/// <summary>Not ready while the past is played: its objects would have times that are not the caller's.</summary>
internal sealed class LifeHealthCheck(LifeState state) : IHealthCheck
{
    public const string Name = "history";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsPresent ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the history is being played"));
}
