using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.ServiceDefaults.Tests;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_WithAFailingCheck_IsUnavailableAndNamesIt()
    {
        await using var app = await StartAsync(checks => checks.AddCheck("postgres", () => HealthCheckResult.Unhealthy("it does not answer")));
        using var client = new HttpClient();

        var ready = await client.GetAsync(app.Address("/health/ready"), Token);
        var live = await client.GetAsync(app.Address("/health/live"), Token);

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(Token)).ShouldBe("Unhealthy\nself: Healthy\npostgres: Unhealthy, it does not answer\n");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_OnceTheCheckPasses_IsOk()
    {
        var healthy = false;
        await using var app = await StartAsync(checks => checks.AddCheck("postgres", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy()));
        using var client = new HttpClient();

        (await client.GetAsync(app.Address("/health/ready"), Token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        healthy = true;

        (await client.GetAsync(app.Address("/health/ready"), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_WithACheckThatThrows_KeepsTheExceptionToItself()
    {
        await using var app = await StartAsync(checks => checks.AddCheck("postgres", () => throw new InvalidOperationException("password=secret")));
        using var client = new HttpClient();

        var ready = await client.GetAsync(app.Address("/health/ready"), Token);

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(Token)).ShouldBe("Unhealthy\nself: Healthy\npostgres: Unhealthy\n");
    }

    private static async Task<WebApplication> StartAsync(Action<IHealthChecksBuilder> checks)
    {
        var app = Service.Create(builder => checks(builder.Services.AddHealthChecks()), new Dictionary<string, string>());
        await app.StartAsync(Token);
        return app;
    }
}
