using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Health;

internal static class StatusExtensions
{
    public static WebApplicationBuilder AddStatus(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<StageNotes>();
        builder.Services.TryAddSingleton<StatusReader>();
        return builder;
    }
}
