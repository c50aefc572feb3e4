using System.Net;
using System.Net.Http.Headers;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>Without a collector: metrics as text, for whoever reads health.</summary>
public sealed class PrometheusTests(PrometheusTests.Gateway gateway) : IClassFixture<PrometheusTests.Gateway>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_OfAGatewayWithoutACollector_AreServedAsText()
    {
        string? parent = null;
        gateway.Upstream.Script = context =>
        {
            parent = context.Request.Headers.TraceParent.ToString();
            return Task.CompletedTask;
        };
        using var client = gateway.Client();
        await client.GetAsync("/api/v1/namespaces/scraped/pods", Cancel);
        parent.ShouldBe("");

        using var scraper = gateway.Client(withCertificate: false);
        var text = "";
        await Eventually.Async(async () => (text = await scraper.GetStringAsync("/health/metrics", Cancel)).Contains("k8s_api_requests_total{", StringComparison.Ordinal), Cancel, what: "the metric");
        text.Split('\n').ShouldContain(line => line.StartsWith("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal) && line.Contains("http_route=\"/api/v1/namespaces/{:namespace}/pods\"", StringComparison.Ordinal));
        text.ShouldContain("kubelens_spool_undelivered_age_seconds");
        text.ShouldContain("# TYPE k8s_api_long_running_active gauge");
    }

    [Fact]
    public async Task Metrics_AskedForAsOpenMetrics_AreThat()
    {
        using var scraper = gateway.Client(withCertificate: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/metrics") { Version = HttpVersion.Version20 };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/openmetrics-text"));
        using var response = await scraper.SendAsync(request, Cancel);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/openmetrics-text");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldEndWith("# EOF\n");
    }

    [Fact]
    public async Task Metrics_PathOfTheApiserver_IsForwarded()
    {
        gateway.Upstream.Script = context => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "apiserver_request_total 1", Cancel);
        using var client = gateway.Client();

        (await client.GetStringAsync("/metrics", Cancel)).ShouldBe("apiserver_request_total 1");
    }

    public sealed class Gateway : GatewayUnderTest
    {
        public Gateway() => Settings["Telemetry__Prometheus"] = "loopback";
    }
}
