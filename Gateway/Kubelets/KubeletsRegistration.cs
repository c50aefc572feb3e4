using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Gateway.Kubelets;

internal static class KubeletsRegistration
{
    /// <summary>Adds the kubelets of <c>Kubelets</c>.</summary>
    public static IServiceCollection AddKubelets(this IServiceCollection services)
    {
        services.TryAddSingleton<KubeletCatalog>();
        return services;
    }

    /// <summary>After the caller is known.</summary>
    public static IApplicationBuilder UseKubelets(this IApplicationBuilder app) => app.UseMiddleware<KubeletAccessMiddleware>();
}
