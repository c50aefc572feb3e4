using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.DemoCluster.Hosting;

internal static class HostingRegistration
{
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<DemoClusterOptions>().BindConfiguration(DemoClusterOptions.Section).ValidateOnStart();
        return builder;
    }
}
