using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Rollups;

internal static class RollupsExtensions
{
    public static WebApplicationBuilder AddRollups(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<UserKindReader>();
        builder.Services.TryAddSingleton<RollupWriter>();
        return builder;
    }
}
