using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// Traces, metrics and logs over OTLP, configured by OpenTelemetry's own variables. Without <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// (or with <c>OTEL_SDK_DISABLED=true</c>) nothing is listened to and nothing is exported.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Sources = ["KubeLens.*", "Npgsql"];
    private static readonly string[] Meters = ["KubeLens.*", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http"];

    public static void AddTelemetry<TBuilder>(this TBuilder builder, string service, bool traceHttp)
        where TBuilder : IHostApplicationBuilder
    {
        if (!traceHttp)
        {
            // For its log the framework makes an Activity even if nobody listens: spans below it would have an unsampled parent
            // and be dropped. Without that log it makes none.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        }

        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])
            || string.Equals(builder.Configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? service, "kubelens", Version()))
            .WithTracing(tracing => AddHttp(tracing.AddSource(Sources), traceHttp))
            .WithMetrics(metrics => metrics.AddRuntimeInstrumentation().AddMeter(Meters))
            .UseOtlpExporter();
        builder.Services.AddHostedService<TelemetryShutdown>();
    }

    private static void AddHttp(TracerProviderBuilder tracing, bool traceHttp)
    {
        if (traceHttp)
        {
            tracing
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthASpan)
                .AddHttpClientInstrumentation();
        }
    }

    /// <summary>Health probes come every second and say nothing.</summary>
    private static bool IsWorthASpan(HttpContext context) => !context.Request.Path.StartsWithSegments(Health.Folder, StringComparison.Ordinal);

    private static string? Version() => Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
