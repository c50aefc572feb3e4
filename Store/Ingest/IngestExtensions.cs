using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Ingest;

internal static class IngestExtensions
{
    public static WebApplicationBuilder AddIngest(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<IngestOptions>().BindConfiguration(IngestOptions.Section).ValidateOnStart();
        builder.Services.TryAddSingleton<IngestGate>();
        builder.Services.TryAddSingleton<DimResolver>();
        builder.Services.TryAddSingleton<CallCollector>();
        builder.Services.TryAddSingleton<IngestWriter>();
        return builder;
    }
}
