using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Hosting;

/// <summary>Parts of the Store for a command: with its settings, and without what runs by itself.</summary>
internal static class CommandServices
{
    /// <param name="parts">Adds what the command needs beside options.</param>
    public static WebApplication Build(Action<WebApplicationBuilder> parts)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddHosting();
        builder.Logging.ClearProviders();
        parts(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        return builder.Build();
    }
}
