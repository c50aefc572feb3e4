using KubeLens.Store.Access.Clusters;
using KubeLens.Store.Access.Limits;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Access.Tokens;
using KubeLens.Store.Search.Content;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Access;

internal static class AccessExtensions
{
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IPostConfigureOptions<AccessOptions>, AccessOptionsSetup>();
        builder.Services.AddSingleton<SessionKey>();
        builder.Services.AddSingleton<SessionTokens>();
        builder.Services.AddSingleton<AuditCertificate>();
        builder.Services.AddSingleton<AuditTokens>();
        builder.Services.AddSingleton<ApiTokenTable>();
        builder.Services.AddSingleton<AccessRecordTable>();
        builder.Services.AddSingleton<ContentAccess>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<LoginCodes>();

        builder.AddLimits();

        // Not AddAuthentication: it brings data protection, which would write a key ring into somebody's home.
        builder.Services.AddWebEncoders();
        builder.Services.AddTransient<BearerHandler>();
        builder.Services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = BearerHandler.SchemeName;
            authentication.AddScheme<BearerHandler>(BearerHandler.SchemeName, displayName: null);
        });

        // An endpoint that escaped the table is closed. What routing answers itself (404, 405) is no RouteEndpoint.
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => (context.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint).Build());
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authorization", LogLevel.Warning);
        builder.Logging.AddFilter("KubeLens.Store.Access.BearerHandler", LogLevel.Warning);
        return builder;
    }

    public static WebApplication UseAccess(this WebApplication app)
    {
        app.UseMiddleware<LoopbackGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseMiddleware<ClusterGuard>();
        return app;
    }
}
