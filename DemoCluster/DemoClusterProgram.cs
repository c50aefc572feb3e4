using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Life;
using KubeLens.DemoCluster.OpenApi;
using KubeLens.ServiceDefaults;

namespace KubeLens.DemoCluster;

/// <summary>The program, apart from its entry, so that tests host the same.</summary>
internal static class DemoClusterProgram
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddServiceDefaults("democluster");
        builder.AddHosting();
        builder.AddLife();
        builder.Services
            .AddAccess()
            .AddKubernetesOpenApi()
            .AddApi();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseWhen(
            context => context.GetEndpoint() is null,
            calls => calls.UseApiRequest().UseAccess().UseKubernetesOpenApi().UseApi());
        return app;
    }
}
