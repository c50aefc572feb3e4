using KubeLens.DemoCluster.Access.Rbac;
using KubeLens.DemoCluster.Access.Reviewing;
using KubeLens.DemoCluster.Access.Tokens;
using KubeLens.DemoCluster.Audit;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Pods;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.DemoCluster.Access;

internal static class AccessRegistration
{
    /// <summary>Adds who may call and what, the reviews, the audit, and pods' logs and shells. Wants <see cref="Objects.IObjectStore"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.TryAddSingleton<TokenKey>();
        services.TryAddSingleton<DemoTokens>();
        services.TryAddSingleton<ServiceAccountTokens>();
        services.TryAddSingleton<BearerTokens>();
        services.TryAddSingleton<RbacAuthorizer>();
        services.TryAddSingleton<TokenReviewer>();
        services.TryAddSingleton<AccessReviewer>();
        services.TryAddSingleton<RulesReviewer>();
        services.TryAddSingleton<TokenIssuer>();
        services.TryAddSingleton<Reviews>();
        return services.AddAudit().AddPods();
    }

    /// <summary>The host name, authentication, audit, impersonation, authorization, in this order; wants <see cref="Api.ApiRequest"/>.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app
        .UseMiddleware<HostMiddleware>()
        .UseWebSockets()
        .UseMiddleware<AuthenticationMiddleware>()
        .UseAudit()
        .UseMiddleware<ImpersonationMiddleware>()
        .UseMiddleware<AuthorizationMiddleware>();
}
