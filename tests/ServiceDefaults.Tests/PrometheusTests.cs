using System.Net;
using Microsoft.AspNetCore.Builder;

namespace KubeLens.ServiceDefaults.Tests;

public sealed class PrometheusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("loopback", "127.0.0.1", HttpStatusCode.OK)]
    [InlineData("loopback", "10.0.0.7", HttpStatusCode.NotFound)]
    [InlineData("open", "10.0.0.7", HttpStatusCode.OK)]
    [InlineData("off", "127.0.0.1", HttpStatusCode.NotFound)]
    [InlineData("", "127.0.0.1", HttpStatusCode.NotFound)]
    public async Task Metrics_AreThereForThoseWhoMayHaveThem(string setting, string from, HttpStatusCode expected)
    {
        await using var app = Service.Create(configure: null, new Dictionary<string, string> { ["Telemetry:Prometheus"] = setting });
        // The address that a connection from elsewhere would have.
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            return next(context);
        });
        await app.StartAsync(Token);
        using var client = new HttpClient();
        using var response = await client.GetAsync(app.Address("/health/metrics"), Token);

        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.OK)
        {
            (await response.Content.ReadAsStringAsync(Token)).ShouldContain("dotnet_gc_collections_total");
        }
    }

    [Fact]
    public async Task Metrics_OfASdkThatIsDisabled_AreNot()
    {
        await using var app = Service.Create(configure: null, new Dictionary<string, string> { ["Telemetry:Prometheus"] = "open", ["OTEL_SDK_DISABLED"] = "true" });
        await app.StartAsync(Token);
        using var client = new HttpClient();

        (await client.GetAsync(app.Address("/health/metrics"), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    public void Setting_OfAnotherWord_IsRefusedByName(string word) =>
        Should.Throw<ConfigurationException>(() => Service.Create(configure: null, new Dictionary<string, string> { ["Telemetry:Prometheus"] = word }))
            .Problems.ShouldHaveSingleItem().ShouldStartWith($"Telemetry:Prometheus is \"{word}\"");
}
