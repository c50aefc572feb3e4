using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>Clients write what they like, and metrics stay small.</summary>
public sealed class MetricBoundsTests(MetricBoundsTests.Gateway gateway) : IClassFixture<MetricBoundsTests.Gateway>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_BeyondTheBound_OrOfWhatIsRefused_AreOther()
    {
        // Refused ones take no room.
        for (var i = 0; i < 5; i++)
        {
            await CallAsync($"/api/v1/unknown{i}", 404, $"stranger{i}/1", "GET");
        }

        for (var i = 0; i < 5; i++)
        {
            await CallAsync($"/apis/a.b/v{i}/things{i}", 200, $"client{i}/1", "GET");
            await CallAsync($"/nowhere/{i}", 200, "client0/1", $"ODD{i}");
        }

        await Eventually.Async(() => Values("k8s.api.requests", "k8s.api.verb").Contains("_OTHER"), Cancel, what: "the last call");
        Values("k8s.api.requests", "k8s.api.resource").ShouldBe(["", "_other", "things0", "things1"], ignoreOrder: true);
        Values("k8s.api.requests", "k8s.api.verb").ShouldBe(["list", "_OTHER"], ignoreOrder: true);
        Values("k8s.api.client.bytes", "k8s.api.client").ShouldBe(["_other", "client0", "client1", "client2"], ignoreOrder: true);
        Values("http.server.request.duration", "http.request.method").ShouldBe(["GET", "_OTHER"], ignoreOrder: true);
        Values("http.server.request.duration", "http.route").Count(route => route.StartsWith("/apis", StringComparison.Ordinal)).ShouldBe(5); // four times as many as resources
        Values("kubelens.capture.calls", "k8s.api.verb").ShouldBe(["list", "_OTHER"], ignoreOrder: true);
    }

    private Task CallAsync(string target, int status, string agent, string method) => gateway.RecordAsync(
        new HttpMethod(method),
        target,
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        },
        Cancel,
        request =>
        {
            request.Headers.UserAgent.Clear();
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        });

    private HashSet<string> Values(string metric, string attribute) =>
        [.. gateway.Collector.Metrics.Where(one => one.Name == metric).SelectMany(one => one.Points).Where(point => point.Attributes.ContainsKey(attribute)).Select(point => point.Attributes[attribute])];

    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => (Settings["Telemetry__MetricResources"], Settings["Telemetry__MetricClients"]) = ("2", "3");
    }
}
