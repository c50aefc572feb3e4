using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace KubeLens.ServiceDefaults;

/// <summary>
/// The health endpoints. The body is the status, then a line for each check: <c>postgres: Unhealthy, it does not answer</c>.
/// It never has an exception's text, which may name hosts and users.
/// </summary>
internal static class Health
{
    public const string Folder = "/health";

    private const string LiveTag = "live";

    public static void AddHealth<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
        => builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "live", check => check.Tags.Contains(LiveTag));
        Map(endpoints, "ready", _ => true);
        return endpoints;
    }

    private static void Map(IEndpointRouteBuilder endpoints, string name, Func<HealthCheckRegistration, bool> predicate)
        => endpoints.MapHealthChecks($"{Folder}/{name}", new HealthCheckOptions { Predicate = predicate, ResponseWriter = WriteAsync })
            .AllowAnonymous()
            .DisableHttpMetrics();

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}{Description(entry.Value)}");
        return context.Response.WriteAsync(string.Join('\n', lines.Prepend(report.Status.ToString())) + "\n", context.RequestAborted);
    }

    // The framework puts an exception's message into the description of a check that threw.
    private static string Description(HealthReportEntry entry)
        => entry.Description is { Length: > 0 } text && text != entry.Exception?.Message ? $", {text}" : "";
}
