using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.Gateway.Clusters;

/// <summary>Asks each cluster for its version. One that is away degrades the gateway; it is ready all the same, to answer and record that.</summary>
internal sealed class ClustersHealthCheck(ClusterCatalog catalog) : IHealthCheck
{
    public const string Name = "upstream";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var clusters = catalog.Current.All;
        var problems = await Task.WhenAll(clusters.Select(async cluster =>
            await UpstreamProbe.ProblemAsync(cluster.Upstream, cancellationToken) is { } problem ? clusters.Count > 1 ? $"{cluster.Name}: {problem}" : problem : null));
        return problems.All(problem => problem is null) ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', problems.OfType<string>()));
    }
}
