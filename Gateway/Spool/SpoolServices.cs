using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Spool;

internal static class SpoolServices
{
    /// <summary>
    /// Adds <see cref="ICallSpool"/> and <see cref="ISpoolStatus"/>. Call it before whatever appends or delivers: hosted
    /// services stop in reverse, and the spool has to be the last.
    /// </summary>
    public static IServiceCollection AddSpool(this IServiceCollection services)
    {
        services.AddOptions<SpoolOptions>()
            .BindConfiguration(SpoolOptions.Section)
            .Configure<IConfiguration>((options, configuration) =>
            {
                options.OnPressure = configuration.GetValue(SpoolOptions.OnPressureKey, options.OnPressure);
                if (options.Folder.Length == 0 && configuration["Gateway:Home"] is { Length: > 0 } home)
                {
                    options.Folder = Path.Combine(home, "spool");
                }
            })
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpoolOptions>, SpoolOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CallSpool>();
        services.TryAddSingleton<ICallSpool>(provider => provider.GetRequiredService<CallSpool>());
        services.TryAddSingleton<ISpoolStatus>(provider => provider.GetRequiredService<CallSpool>());
        services.TryAddSingleton<SpoolDropWatch>();
        services.TryAddSingleton<SpoolMetrics>();
        services.AddHostedService<SpoolWorker>();
        services.AddHealthChecks().AddCheck<SpoolHealthCheck>("spool");
        return services;
    }
}
