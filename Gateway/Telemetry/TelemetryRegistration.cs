using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace KubeLens.Gateway.Telemetry;

internal static class TelemetryRegistration
{
    /// <summary>Adds the spans, log records and metrics of calls. Without a collector they cost next to nothing.</summary>
    public static IServiceCollection AddCallTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>());
        services.TryAddSingleton<CallTracing>();
        services.TryAddSingleton<CallLog>();
        services.TryAddSingleton<CallMetrics>();
        services.TryAddSingleton<CallTelemetry>();

        // Every call's span is made, because only its end says whether it was an error; CallTracing says which are exported.
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.SetSampler(new AlwaysOnSampler()));
        services.AddLogging(logging => logging.AddFilter(CallLog.Category, LogLevel.None).AddFilter<OpenTelemetryLoggerProvider>(CallLog.Category, LogLevel.Information));
        return services;
    }
}
