using KubeLens.DemoCluster.Hosting.Seed;
using KubeLens.Gateway.Proxy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Hosting;

internal static class HostingRegistration
{
    /// <summary>etcd would not take more.</summary>
    private const long MostRequestBytes = 3 * 1024 * 1024;

    /// <summary>Adds the endpoint, its certificates and kubeconfigs, and what the cluster begins with.</summary>
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<DemoClusterOptions>().BindConfiguration(DemoClusterOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<DemoClusterOptions>, DemoClusterOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DemoClusterOptions>, DemoClusterOptionsSetup>());
        services.TryAddSingleton<DemoPki>();
        services.TryAddSingleton<ClusterKubeconfigs>();
        services.TryAddSingleton<NamespaceStart>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IClusterSeed, BaseSeed>());
        services.AddHostedService<ClusterStart>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<DemoClusterOptions>>((server, options) =>
        {
            ProxyServices.Lift(server);
            server.Limits.MaxRequestBodySize = MostRequestBytes;
            server.ListenDemoCluster(options.Value);
        });
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        return builder;
    }
}
