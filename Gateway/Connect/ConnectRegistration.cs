using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Gateway.Connect;

internal static class ConnectRegistration
{
    /// <summary>Writes the kubeconfig that points at the gateway, and renews it; issues others to callers for themselves.</summary>
    public static IServiceCollection AddConnect(this IServiceCollection services)
    {
        services.TryAddSingleton<IssuedKubeconfig>();
        services.TryAddSingleton<SelfService>();
        services.AddHostedService<ConnectWorker>();
        return services;
    }

    /// <summary>Answers the gateway's own paths; after the callers' authentication.</summary>
    public static IApplicationBuilder UseConnect(this IApplicationBuilder app) => app.UseMiddleware<SelfServiceMiddleware>();
}
