using KubeLens.Gateway.Kubeconfig;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

internal static class IdentityRegistration
{
    /// <summary>Adds the gateway's certificates and what decides on callers. <see cref="ImpersonationPolicy"/> wants the cluster's <see cref="KubeconfigContext"/>.</summary>
    public static IServiceCollection AddGatewayIdentity(this IServiceCollection services)
    {
        services.AddOptions<EndpointOptions>().BindConfiguration(EndpointOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<EndpointOptions>, EndpointOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EndpointOptions>, EndpointOptionsSetup>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GatewayPki>();
        services.TryAddSingleton<HostPolicy>();
        services.TryAddSingleton(provider => new ImpersonationPolicy(provider.GetRequiredService<KubeconfigContext>().User.Impersonation is not null));
        return services;
    }

    /// <summary>Refuses who is not a caller; first in the pipeline. The health endpoints stay open.</summary>
    public static IApplicationBuilder UseCallerAuthentication(this IApplicationBuilder app)
    {
        // Certificates that cannot be had end the start here, before anything listens.
        _ = app.ApplicationServices.GetRequiredService<GatewayPki>();
        return app.UseMiddleware<CallerAuthenticationMiddleware>();
    }
}
