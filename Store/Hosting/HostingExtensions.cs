using System.Net;
using System.Text.Json.Serialization;
using KubeLens.Store.Access;
using KubeLens.Store.Access.Limits;
using KubeLens.Store.Audit;
using KubeLens.Store.Counts;
using KubeLens.Store.Database;
using KubeLens.Store.Export;
using KubeLens.Store.Ingest;
using KubeLens.Store.Live;
using KubeLens.Store.Partitions;
using KubeLens.Store.Sealing;
using KubeLens.Store.Search;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Hosting;

internal static class HostingExtensions
{
    /// <summary>Options with their validation, the loopback listener, JSON, problem details and metrics.</summary>
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<StoreOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<StoreOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<DatabaseOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<AccessOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<LimitOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<IngestOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<PartitionOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<SearchOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<CountOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<ExportOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<LiveOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<SealingOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<StoreMetrics>();
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            // Read without validation: that comes at start, before anything listens, and tells every error at once.
            var options = context.Configuration.GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new StoreOptions();
            kestrel.AddServerHeader = false;
            if (IPAddress.TryParse(options.Address, out var address) && options.Port is >= 0 and <= IPEndPoint.MaxPort)
            {
                kestrel.Listen(address, options.Port);
                if (context.Configuration.GetValue<int>($"{AuditOptions.Section}:{nameof(AuditOptions.Port)}") is > 0 and <= IPEndPoint.MaxPort and var port)
                {
                    kestrel.Listen(address, port, listen => listen.UseHttps(kestrel.ApplicationServices.GetRequiredService<AuditCertificate>().Load()));
                }
            }
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new MicrosecondTimeConverter());
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        });
        builder.Services.AddProblemDetails();

        // A line a request says nothing that the metrics do not, and repeats what people search for.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        return builder;
    }
}
