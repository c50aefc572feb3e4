using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api.Output;
using KubeLens.DemoCluster.Api.Reading;
using KubeLens.DemoCluster.Api.Routing;
using KubeLens.DemoCluster.Api.Watching;
using KubeLens.DemoCluster.Api.Writing;
using KubeLens.DemoCluster.Kinds.Rules;
using KubeLens.DemoCluster.Objects;
using KubeLens.DemoCluster.Objects.Reclaim;
using KubeLens.DemoCluster.Pods;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.DemoCluster.Api;

internal static class ApiRegistration
{
    /// <summary>Adds the object store and what reads and writes it.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new RevisionStore());
        services.TryAddSingleton<ServiceAddresses>();
        services.TryAddSingleton<KindRules>();
        services.TryAddSingleton<Reclaimer>();
        services.TryAddSingleton<PodReaper>();
        services.TryAddSingleton<ObjectStore>();
        services.TryAddSingleton<IObjectStore>(provider => provider.GetRequiredService<ObjectStore>());
        services.TryAddSingleton<PodStreams>();
        services.TryAddSingleton<Reviews>();
        services.AddHostedService<EventExpiry>();
        return services.AddHandlers();
    }

    /// <summary>Sets <see cref="ApiRequest"/>: before everything else.</summary>
    public static IApplicationBuilder UseApiRequest(this IApplicationBuilder app) => app.UseMiddleware<ApiRequestMiddleware>();

    /// <summary>The end of the pipeline: discovery, resources, and 404 for the rest.</summary>
    public static IApplicationBuilder UseApi(this IApplicationBuilder app)
    {
        app.ApplicationServices.GetRequiredService<Reclaimer>().Attach();
        app.ApplicationServices.GetRequiredService<PodReaper>().Attach();
        app.UseMiddleware<ApiMiddleware>();
        app.Run(context => Responses.TextAsync(context, "404 page not found\n", 404));
        return app;
    }

    private static IServiceCollection AddHandlers(this IServiceCollection services) => services
        .AddSingleton<GetHandler>()
        .AddSingleton<ListHandler>()
        .AddSingleton<WatchHandler>()
        .AddSingleton<CreateHandler>()
        .AddSingleton<UpdateHandler>()
        .AddSingleton<PatchHandler>()
        .AddSingleton<DeleteHandler>()
        .AddSingleton<ScaleHandler>()
        .AddSingleton<PodSubresources>()
        .AddSingleton<ResourceRouter>();
}
