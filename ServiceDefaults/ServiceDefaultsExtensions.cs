using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace KubeLens.ServiceDefaults;

/// <summary>What every service has: telemetry, health endpoints, the clock, and an end with its parent.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The <c>service.name</c> in telemetry; <c>OTEL_SERVICE_NAME</c> wins over it.</param>
    /// <param name="traceHttp">
    /// Whether the framework's own sources make spans of incoming and outgoing requests. The gateway says no: its own spans know
    /// Kubernetes, and the framework's would double them and last as long as a watch.
    /// </param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, string service, bool traceHttp = true)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddHealth();
        builder.AddTelemetry(service, traceHttp);
        builder.AddParentWatch();
        return builder;
    }

    /// <summary>Maps <c>/health/live</c> (the process answers) and <c>/health/ready</c> (all its checks pass), open to everybody; <c>/health/metrics</c> where it is wanted.</summary>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPrometheus();
        return endpoints.MapHealth();
    }
}
