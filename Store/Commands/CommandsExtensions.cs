using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Commands;

internal static class CommandsExtensions
{
    public static WebApplicationBuilder AddCommands(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<CommandRunsReader>();
        return builder;
    }
}
