using System.Diagnostics.Metrics;
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
/// Traces, metrics and logs over OTLP, configured by OpenTelemetry's own variables, and metrics for Prometheus (<see cref="PrometheusEndpoint"/>).
/// Without <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> nothing is exported, without either nothing is listened to; <c>OTEL_SDK_DISABLED=true</c> turns both off.
/// </summary>
internal static class Telemetry
{
    /// <summary>The SDK's counters of what it drops; told only to those who ask for this meter.</summary>
    private const string SdkMeter = "otel.sdk.experimental";

    private static readonly string[] Sources = ["KubeLens.*", "Npgsql"];
    private static readonly string[] Meters = ["KubeLens.*", "Npgsql", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", SdkMeter];
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly string[] HttpMeters = ["Microsoft.AspNetCore.Hosting"];

    public static void AddTelemetry<TBuilder>(this TBuilder builder, string service, bool traceHttp)
        where TBuilder : IHostApplicationBuilder
    {
        if (!traceHttp)
        {
            // For its log the framework makes an Activity even if nobody listens: spans below it would have an unsampled parent
            // and be dropped. Without that log it makes none.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        }

        var isDisabled = string.Equals(builder.Configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        var isExported = !isDisabled && !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var prometheus = PrometheusEndpoint.AccessOf(builder.Configuration);
        if (isDisabled || (!isExported && prometheus == PrometheusAccess.Off))
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? service, "kubelens", Version()))
            .WithMetrics(metrics =>
            {
                // The gateway measures requests itself: the framework's histogram of the same name would count a watch as one long request.
                metrics.AddRuntimeInstrumentation().AddMeter(Meters).AddMeter(traceHttp ? HttpMeters : []).SetExemplarFilter(ExemplarFilterType.TraceBased);
                metrics.AddView(Buckets).AddPrometheus(prometheus);
            });
        if (isExported)
        {
            // A log record has its trace and span: they need not be in its attributes as well.
            builder.Services.Configure<LoggerFactoryOptions>(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
            });
            telemetry.WithTracing(tracing => AddHttp(tracing.AddSource(Sources), traceHttp)).UseOtlpExporter();
            builder.Services.AddHostedService<ExportWatch>();
            builder.Services.AddHostedService<TelemetryShutdown>();
        }
    }

    // The SDK's own buckets are meant for milliseconds.
    private static ExplicitBucketHistogramConfiguration? Buckets(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice.HistogramBucketBoundaries: null } ? new() { Boundaries = Seconds } : null;

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
