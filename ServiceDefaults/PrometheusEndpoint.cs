using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// Metrics in Prometheus' text format, with exemplars where OpenMetrics is asked for: <c>/health/metrics</c>, because a gateway forwards
/// <c>/metrics</c> to its cluster. Setting <c>Telemetry:Prometheus</c>: <c>off</c> (default), <c>loopback</c> or <c>open</c>.
/// </summary>
internal static class PrometheusEndpoint
{
    public const string Path = $"{Health.Folder}/metrics";

    private const string Key = "Telemetry:Prometheus";

    /// <exception cref="ConfigurationException">It is set to something else.</exception>
    public static PrometheusAccess AccessOf(IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => PrometheusAccess.Off,
        var word when Enum.TryParse<PrometheusAccess>(word, ignoreCase: true, out var access) && Enum.IsDefined(access) && !char.IsAsciiDigit(word[0]) => access,
        var word => throw new ConfigurationException($"{Key} is \"{word}\": give off, loopback or open."),
    };

    public static void AddPrometheus(this MeterProviderBuilder metrics, PrometheusAccess access)
    {
        if (access != PrometheusAccess.Off)
        {
            metrics.AddPrometheusExporter().ConfigureServices(services => services.AddSingleton(new Served(access)));
        }
    }

    public static void MapPrometheus(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<Served>() is not { } served)
        {
            return;
        }

        var endpoint = endpoints.MapPrometheusScrapingEndpoint(Path).AllowAnonymous().DisableHttpMetrics();
        if (served.Access == PrometheusAccess.Loopback)
        {
            endpoint.Add(built => built.RequestDelegate = OfThisMachine(built.RequestDelegate!));
        }
    }

    private static RequestDelegate OfThisMachine(RequestDelegate inner) => context =>
    {
        // Without an address it came over a socket of this machine.
        if (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        {
            return inner(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    private sealed record Served(PrometheusAccess Access);
}
