using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Holds;

internal static class HoldsExtensions
{
    /// <summary>Needs the parts of <c>AddSearch</c>.</summary>
    public static WebApplicationBuilder AddHolds(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<HoldTable>();
        builder.Services.TryAddSingleton<HeldCounts>();
        builder.Services.TryAddSingleton<EndedCalls>();
        builder.Services.TryAddSingleton<HeldCalls>();
        builder.Services.TryAddSingleton<HoldKeeper>();
        return builder;
    }
}
