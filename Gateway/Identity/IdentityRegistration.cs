using KubeLens.Gateway.Identity.Issued;
using KubeLens.Gateway.Identity.Serving;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

internal static class IdentityRegistration
{
    /// <summary>Adds the gateway's certificates and what decides on callers, as far as it is not a cluster's own.</summary>
    public static IServiceCollection AddGatewayIdentity(this IServiceCollection services)
    {
        services.AddOptions<EndpointOptions>().BindConfiguration(EndpointOptions.Section).ValidateOnStart();
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<EndpointOptions>, EndpointOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EndpointOptions>, EndpointOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IdentityOptions>, IdentityOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GatewayPki>();
        services.TryAddSingleton<ClientAuthorities>();
        services.TryAddSingleton(provider => provider.GetRequiredService<GatewayPki>().Issued);
        services.TryAddSingleton<Revocations>();
        services.AddHostedService<IdentityStartup>();
        services.AddHostedService<RevocationWorker>();
        services.TryAddSingleton<CallerCertificates>();
        services.TryAddSingleton<ServingCertificates>();
        services.TryAddSingleton<ServerContexts>();
        services.AddHostedService<ServingWorker>();
        services.TryAddSingleton<HostPolicy>();
        return services;
    }

    /// <summary>Refuses who is not a caller; first in the pipeline. The health endpoints stay open.</summary>
    public static IApplicationBuilder UseCallerAuthentication(this IApplicationBuilder app)
    {
        // Certificates, keys and lists that cannot be had end the start here, before anything listens.
        _ = app.ApplicationServices.GetRequiredService<GatewayPki>();
        _ = app.ApplicationServices.GetRequiredService<ServingCertificates>();
        _ = app.ApplicationServices.GetRequiredService<ClientAuthorities>();
        app.ApplicationServices.GetRequiredService<Revocations>().Look();
        return app.UseMiddleware<CallerAuthenticationMiddleware>();
    }
}
