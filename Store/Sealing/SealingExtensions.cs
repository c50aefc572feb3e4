using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Sealing;

internal static class SealingExtensions
{
    public static WebApplicationBuilder AddSealing(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SealingOptions>().BindConfiguration(SealingOptions.Section).ValidateOnStart();
        builder.Services.TryAddSingleton<HotPacks>();
        builder.Services.TryAddSingleton<CpuPace>();
        builder.Services.TryAddSingleton<SegmentWriter>();
        builder.Services.TryAddSingleton<SealingRun>();
        builder.Services.AddHostedService<SealingWorker>();
        return builder;
    }
}
