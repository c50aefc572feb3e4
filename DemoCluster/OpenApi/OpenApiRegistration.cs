using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.DemoCluster.OpenApi;

internal static class OpenApiRegistration
{
    public static IServiceCollection AddKubernetesOpenApi(this IServiceCollection services)
    {
        services.TryAddSingleton<OpenApiAnswers>();
        return services;
    }

    /// <summary>Answers <c>/openapi/v2</c> and <c>/openapi/v3</c>; passes everything else on.</summary>
    public static IApplicationBuilder UseKubernetesOpenApi(this IApplicationBuilder app) => app.UseMiddleware<OpenApiMiddleware>();
}
