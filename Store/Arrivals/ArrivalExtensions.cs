using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Arrivals;

internal static class ArrivalExtensions
{
    /// <summary>For those who follow what is stored; storing itself needs none of it.</summary>
    public static WebApplicationBuilder AddArrivals(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ArrivalReader>();
        builder.Services.TryAddTransient<ArrivalBell>();
        return builder;
    }
}
