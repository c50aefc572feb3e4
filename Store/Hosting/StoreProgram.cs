using KubeLens.ServiceDefaults;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Ingest;
using KubeLens.Store.Partitions;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Hosting;

/// <summary>The Store, composed. Tests build the same and change what they must.</summary>
internal static class StoreProgram
{
    /// <summary>Runs until told to stop; 1 when the configuration does not allow a start.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);

            // Before the host does it, which would log the stack of a plain typing mistake.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (Problems(e) is { Count: > 0 } problems)
        {
            await Console.Error.WriteLineAsync($"The Store cannot start with this configuration:\n  {string.Join("\n  ", problems)}");
            return 1;
        }
    }

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("store");
        builder.AddHosting();
        builder.AddAccess();
        builder.AddDatabase();
        builder.AddPartitions();
        builder.AddIngest();
        builder.AddSearch();
        builder.AddStoreOpenApi();
        change?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAccess();
        var endpoints = app.MapGroup("").WithAccessTable();
        endpoints.MapLogs();
        endpoints.MapCalls();
        endpoints.MapSessions();
        endpoints.MapServiceDefaults();
        endpoints.MapOpenApi();
        return app;
    }

    private static List<string> Problems(Exception e) => e switch
    {
        OptionsValidationException options => [.. options.Failures],
        AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException) => [.. several.InnerExceptions.SelectMany(Problems)],

        // "Failed to convert configuration value 'x' at 'Store:Port' to type 'System.Int32'."
        InvalidOperationException { InnerException: FormatException } wrong => [wrong.Message],
        _ => [],
    };
}
