using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Kubeconfig;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Upstream;

internal static class UpstreamRegistration
{
    /// <summary>Adds the cluster that <see cref="ClusterOptions"/> name, and the health check <c>upstream</c>.</summary>
    /// <remarks>The host's start throws <see cref="KubeconfigException"/> when the kubeconfig cannot be used.</remarks>
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.AddOptions<ClusterOptions>().BindConfiguration(ClusterOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusterOptions>, ClusterOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(LoadContext);
        services.TryAddSingleton<CredentialSources>();
        services.TryAddSingleton<IUpstreamCluster>(CreateCluster);
        services.AddHostedService<UpstreamStartup>();
        services.AddHealthChecks().AddCheck<UpstreamHealthCheck>(UpstreamHealthCheck.Name, HealthStatus.Degraded);
        return services;
    }

    private static KubeconfigContext LoadContext(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return ClusterContext.Load(options, provider.GetRequiredService<IOptions<EndpointOptions>>().Value);
    }

    private static UpstreamCluster CreateCluster(IServiceProvider provider)
    {
        var context = provider.GetRequiredService<KubeconfigContext>();
        return new UpstreamCluster(context, provider.GetRequiredService<CredentialSources>().For(context), provider.GetRequiredService<TimeProvider>());
    }
}
