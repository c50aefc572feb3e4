using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Gateway.Connect;

internal static class ConnectRegistration
{
    /// <summary>Writes the kubeconfig that points at the gateway, and renews it.</summary>
    public static IServiceCollection AddConnect(this IServiceCollection services)
    {
        services.TryAddSingleton<IssuedKubeconfig>();
        services.AddHostedService<ConnectWorker>();
        return services;
    }
}
