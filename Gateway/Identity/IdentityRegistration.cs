using KubeLens.Gateway.Identity.Acting;
using KubeLens.Gateway.Identity.Issued;
using KubeLens.Gateway.Identity.Modes;
using KubeLens.Gateway.Identity.Reviews;
using KubeLens.Gateway.Identity.Serving;
using KubeLens.Gateway.Identity.Tokens;
using KubeLens.Gateway.Identity.Tokens.Oidc;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

internal static class IdentityRegistration
{
    /// <summary>
    /// Adds the gateway's certificates and what decides on callers. Modes other than <c>credential</c> want the cluster's
    /// <see cref="IUpstreamCluster"/> and <see cref="KubeconfigContext"/>.
    /// </summary>
    public static IServiceCollection AddGatewayIdentity(this IServiceCollection services)
    {
        services.AddOptions<EndpointOptions>().BindConfiguration(EndpointOptions.Section).ValidateOnStart();
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<EndpointOptions>, EndpointOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EndpointOptions>, EndpointOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EndpointOptions>, ExposureValidator>());
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
        services.TryAddSingleton<AcceptedCredentials>();
        services.TryAddSingleton<ReviewClient>();
        services.TryAddSingleton<TokenReviewer>();
        services.TryAddSingleton<AccessReviewer>();
        services.TryAddSingleton<NestedActing>();
        services.TryAddSingleton(provider => new CallerAuthenticator(Mode(provider), Tokens(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => CallIdentities.Create(Mode(provider), provider.GetRequiredService<IUpstreamCluster>(), provider.GetRequiredService<KubeconfigContext>, Options(provider).FrontProxy));
        services.TryAddSingleton(provider => new ImpersonationPolicy(
            ImpersonationRules.Of(Mode(provider), Options(provider).NestedImpersonation, provider.GetRequiredService<KubeconfigContext>),
            Options(provider).StripHeaders));
        return services;
    }

    /// <summary>Refuses who is not a caller; first in the pipeline. The health endpoints stay open.</summary>
    public static IApplicationBuilder UseCallerAuthentication(this IApplicationBuilder app)
    {
        // Certificates, keys and lists that cannot be had end the start here, before anything listens.
        _ = app.ApplicationServices.GetRequiredService<GatewayPki>();
        _ = app.ApplicationServices.GetRequiredService<ServingCertificates>();
        _ = app.ApplicationServices.GetRequiredService<ClientAuthorities>();
        _ = app.ApplicationServices.GetRequiredService<CallerAuthenticator>();
        app.ApplicationServices.GetRequiredService<Revocations>().Look();
        return app.UseMiddleware<CallerAuthenticationMiddleware>();
    }

    private static IdentityMode Mode(IServiceProvider provider) => provider.GetRequiredService<IOptions<ClusterOptions>>().Value.Mode;

    private static IdentityOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<IdentityOptions>>().Value;

    private static TokenCache? Tokens(IServiceProvider provider) => Mode(provider) switch
    {
        IdentityMode.Credential => null,
        IdentityMode.Passthrough when Options(provider).BelievesClaims => Cached(provider, new ClaimedTokens()),
        IdentityMode.Impersonate or IdentityMode.FrontProxy when Options(provider).Oidc is { IsConfigured: true } oidc => Cached(provider, new TokensByIssuer(
            oidc.Issuer,
            new OidcVerifier(oidc, JwksSource.Of(oidc, provider.GetRequiredService<TimeProvider>()), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TokenReviewer>())),
        _ => Cached(provider, provider.GetRequiredService<TokenReviewer>()),
    };

    private static TokenCache Cached(IServiceProvider provider, ITokenVerifier verifier) => new(verifier, provider.GetRequiredService<TimeProvider>());
}
