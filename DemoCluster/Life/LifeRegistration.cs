using KubeLens.DemoCluster.Hosting;
using KubeLens.DemoCluster.Life.Actors;
using KubeLens.DemoCluster.Life.Clock;
using KubeLens.DemoCluster.Life.Controllers;
using KubeLens.DemoCluster.Life.History;
using KubeLens.DemoCluster.Life.Story;
using KubeLens.DemoCluster.Life.World;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.DemoCluster.Life;

internal static class LifeRegistration
{
    // Before the night that is played, and long enough for the programs to look settled.
    private static readonly TimeSpan Birth = TimeSpan.FromHours(26);

    /// <summary>Adds what goes on by itself, when <see cref="LifeOptions.Enabled"/>; then the cluster's clock begins in the past.</summary>
    public static WebApplicationBuilder AddLife(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LifeOptions>().BindConfiguration(LifeOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LifeOptions>, LifeOptionsValidator>());
        if (!builder.Configuration.GetValue<bool>($"{LifeOptions.Section}:{nameof(LifeOptions.Enabled)}"))
        {
            return builder;
        }

        services.AddSingleton(_ =>
        {
            var clock = new DemoClock(TimeProvider.System);
            clock.Begin(clock.RealNow - Birth);
            return clock;
        });
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<DemoClock>()));
#pragma warning disable CA5394 // It decides what is played, and shall do so again.
        services.AddSingleton(provider => new Random(provider.GetRequiredService<IOptions<LifeOptions>>().Value.Seed));
#pragma warning restore CA5394
        services.AddSingleton<IClusterSeed, WorldSeed>();
        services.AddSingleton<Agenda>().AddSingleton<ApiRoute>().AddSingleton<Cast>().AddSingleton<ClusterView>().AddSingleton<EventRecorder>();
        services.AddSingleton<IController, DeploymentController>().AddSingleton<IController, ReplicaSetController>().AddSingleton<IController, Scheduler>().AddSingleton<IController, Kubelet>();
        services.AddSingleton<ControlLoop>().AddSingleton<LifePlay>().AddSingleton<HistoryMark>().AddSingleton<LifeState>();
        services.AddSingleton<Stage>().AddSingleton<EverydayTraffic>();
        services.AddSingleton<IScene, NightShell>().AddSingleton<IScene, Rollouts>().AddSingleton<IScene, ScaleStorm>();
        services.AddSingleton<IScene, DeniedUser>().AddSingleton<IScene, DeletedDeployment>().AddSingleton<IScene, CrashLoop>();
        services.AddHostedService<LifeWorker>();
        services.AddHealthChecks().AddCheck<LifeHealthCheck>(LifeHealthCheck.Name);
        return builder;
    }
}
