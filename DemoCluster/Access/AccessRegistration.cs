namespace KubeLens.DemoCluster.Access;

internal static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services;

    /// <summary>Audit, authentication, impersonation, authorization, in this order; wants <see cref="Api.ApiRequest"/>.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app;
}
