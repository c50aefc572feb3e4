using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeLens.Store.Export;

internal static class ExportExtensions
{
    public static WebApplicationBuilder AddExport(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ExportOptions>().BindConfiguration(ExportOptions.Section).ValidateOnStart();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ExportFormat.All.Select(format => format.MediaType.Split(';')[0]).Distinct();
        });
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        builder.Services.TryAddSingleton<ExportGate>();
        builder.Services.TryAddSingleton<CallExport>();
        return builder;
    }

    /// <summary>Exports are compressed for clients that accept it, and nothing else is.</summary>
    public static WebApplication UseExport(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.Equals(ExportApi.Route, StringComparison.OrdinalIgnoreCase), export => export.UseResponseCompression());
        return app;
    }
}
