using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Counts;

internal static class CountsExtensions
{
    public static WebApplicationBuilder AddCounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CountOptions>().BindConfiguration(CountOptions.Section).ValidateOnStart();
        builder.Services.TryAddSingleton<CallCounter>();
        builder.Services.TryAddSingleton<CallHistogramReader>();
        builder.Services.TryAddSingleton<CallFacetReader>();
        builder.Services.TryAddSingleton<CountsApi.Answering>();
        return builder;
    }
}
