using KubeLens.DemoCluster.Pods.Exec;
using KubeLens.DemoCluster.Pods.Logs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.DemoCluster.Pods;

internal static class PodRegistration
{
    public static IServiceCollection AddPods(this IServiceCollection services)
    {
        services.TryAddSingleton<ILogSource, SeededLogSource>();
        services.TryAddSingleton<LogStream>();
        services.TryAddSingleton<ExecStream>();
        services.TryAddSingleton<PodStreams>();
        return services;
    }
}
