using KubeLens.ServiceDefaults;
using KubeLens.Store.Access;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Export;
using KubeLens.Store.InFlight;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Sealing;
using KubeLens.Store.Search;

namespace KubeLens.Store.Hosting;

/// <summary>The Store, composed. Tests build the same and change what they must.</summary>
internal static class StoreProgram
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("store");
        builder.AddHosting();
        builder.AddAccess();
        builder.AddDatabase();
        builder.AddPartitions();
        builder.AddRetention();
        builder.AddIngest();
        builder.AddInFlight();
        builder.AddAudit();
        builder.AddSearch();
        builder.AddExport();
        builder.AddLive();
        builder.AddSealing();
        builder.AddStoreOpenApi();
        change?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAccess();
        app.UseExport();
        var endpoints = app.MapGroup("").WithAccessTable();
        endpoints.MapLogs();
        endpoints.MapAuditWebhook();
        endpoints.MapCalls();
        endpoints.MapExport();
        endpoints.MapLive();
        endpoints.MapSessions();
        endpoints.MapServiceDefaults();
        endpoints.MapOpenApi();
        return app;
    }
}
