using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.Gateway.Clusters;

internal static class ClustersRegistration
{
    /// <summary>Adds the clusters of <c>Cluster</c> and <c>Clusters</c>, and the health check <c>upstream</c>.</summary>
    public static IServiceCollection AddClusters(this IServiceCollection services)
    {
        services.TryAddSingleton<ServedClusterFactory>();
        services.TryAddSingleton<ClusterCatalog>();
        services.AddHostedService<ClusterReloadWorker>();
        services.AddHealthChecks().AddCheck<ClustersHealthCheck>(ClustersHealthCheck.Name, HealthStatus.Degraded);
        return services;
    }

    /// <summary>First in the pipeline of calls.</summary>
    public static IApplicationBuilder UseClusters(this IApplicationBuilder app)
    {
        // Settings and kubeconfigs that cannot be used end the start here, before anything listens.
        _ = app.ApplicationServices.GetRequiredService<ClusterCatalog>().Current;
        return app.UseMiddleware<ClusterRouting>();
    }
}
