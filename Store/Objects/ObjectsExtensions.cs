using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Objects;

internal static class ObjectsExtensions
{
    public static WebApplicationBuilder AddObjects(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ObjectHistoryReader>();
        builder.Services.TryAddSingleton<CallChangeReader>();
        return builder;
    }
}
