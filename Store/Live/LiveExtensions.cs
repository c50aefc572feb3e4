using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Live;

internal static class LiveExtensions
{
    public static WebApplicationBuilder AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        builder.Services.TryAddSingleton<LiveFollowers>();
        builder.Services.AddHostedService<LiveListener>();
        return builder;
    }
}
