using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Partitions;

internal static class PartitionsExtensions
{
    public static WebApplicationBuilder AddPartitions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PartitionOptions>().BindConfiguration(PartitionOptions.Section).ValidateOnStart();
        builder.Services.TryAddSingleton<PartitionCatalog>();
        builder.Services.TryAddSingleton<PartitionPlan>();
        builder.Services.AddHostedService<PartitionWorker>();
        return builder;
    }
}
