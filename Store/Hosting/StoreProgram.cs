using KubeLens.ServiceDefaults;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Records;
using KubeLens.Store.Access.Tokens;
using KubeLens.Store.AccessReview;
using KubeLens.Store.Audit;
using KubeLens.Store.Commands;
using KubeLens.Store.Counts;
using KubeLens.Store.Database;
using KubeLens.Store.Export;
using KubeLens.Store.Health;
using KubeLens.Store.Holds;
using KubeLens.Store.InFlight;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using KubeLens.Store.Notes;
using KubeLens.Store.Objects;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.SavedSearches;
using KubeLens.Store.Sealing;
using KubeLens.Store.Rollups;
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
        builder.AddStatus();
        builder.AddPartitions();
        builder.AddRetention();
        builder.AddRollups();
        builder.AddHolds();
        builder.AddIngest();
        builder.AddInFlight();
        builder.AddAudit();
        builder.AddSearch();
        builder.AddSavedSearches();
        builder.AddNotes();
        builder.AddCounts();
        builder.AddObjects();
        builder.AddCommands();
        builder.AddAccessReview();
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
        endpoints.MapCounts();
        endpoints.MapObjects();
        endpoints.MapCommands();
        endpoints.MapAccessReview();
        endpoints.MapStatus();
        endpoints.MapExport();
        endpoints.MapLive();
        endpoints.MapSavedSearches();
        endpoints.MapNotes();
        endpoints.MapHolds();
        endpoints.MapSessions();
        endpoints.MapTokens();
        endpoints.MapAccessRecords();
        endpoints.MapServiceDefaults();
        endpoints.MapOpenApi();
        return app;
    }
}
