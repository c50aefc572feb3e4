using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.InFlight;

internal static class InFlightExtensions
{
    public static WebApplicationBuilder AddInFlight(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<GatewayBoots>();
        builder.Services.TryAddSingleton<OpenWriter>();
        builder.Services.TryAddSingleton<OpenCallReader>();
        builder.Services.TryAddSingleton<OpenCloser>();
        builder.Services.AddHostedService<OpenCloseWorker>();
        return builder;
    }
}
