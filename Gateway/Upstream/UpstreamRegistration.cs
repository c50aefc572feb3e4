using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Gateway.Upstream;

internal static class UpstreamRegistration
{
    /// <summary>Adds what connections to clusters are made of.</summary>
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CredentialSources>();
        return services;
    }
}
