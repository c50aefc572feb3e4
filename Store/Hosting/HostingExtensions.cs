using System.Net;
using System.Text.Json.Serialization;
using KubeLens.Store.Access;
using KubeLens.Store.Ingest;
using KubeLens.Store.Partitions;
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
        builder.Services.AddSingleton<IValidateOptions<AccessOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<IngestOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<PartitionOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<IValidateOptions<SearchOptions>>(s => s.GetRequiredService<StoreOptionsValidator>());
        builder.Services.AddSingleton<StoreMetrics>();
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            var options = kestrel.ApplicationServices.GetRequiredService<IOptions<StoreOptions>>().Value;
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new MicrosecondTimeConverter());
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        });
        builder.Services.AddProblemDetails();
        return builder;
    }
}
