using System.Net;
using System.Net.Http.Headers;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class CallMetricsTests(CallMetricsTests.Gateway gateway) : IClassFixture<CallMetricsTests.Gateway>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_AreMeasured_ByVerbResourceAndCode_WithExemplars()
    {
        var call = await gateway.CallAsync(HttpMethod.Put, "/api/v1/namespaces/measured/pods/web/status", context =>
        {
            context.Response.StatusCode = 201;
            return Task.CompletedTask;
        });

        var requests = await PointAsync("k8s.api.requests", point => point.Attributes.GetValueOrDefault("k8s.api.subresource") == "status");
        requests.Value.ShouldBe(1);
        requests.Attributes.ShouldBe(new Dictionary<string, string> { ["k8s.api.verb"] = "update", ["k8s.api.group"] = "", ["k8s.api.resource"] = "pods", ["k8s.api.subresource"] = "status", ["http.response.status_code"] = "201", ["k8s.cluster.name"] = call.Record.Cluster }, ignoreOrder: true);
        var duration = await PointAsync("http.server.request.duration", point => point.Attributes.GetValueOrDefault("http.route") == "/api/v1/namespaces/{:namespace}/pods/{:name}/status");
        (duration.Count, duration.Attributes["http.request.method"], duration.Attributes["http.response.status_code"], duration.Attributes["url.scheme"]).ShouldBe((1UL, "PUT", "201", "https"));
        duration.Value.ShouldBe(call.Record.LatencyUs / 1e6, 1e-9);
        await Eventually.Async(() => Points("http.server.request.duration").Any(point => point.Exemplars.Contains(call.Server.TraceId)), Cancel, what: "an exemplar of the call");
    }

    [Fact]
    public async Task Exemplars_AreInOpenMetrics()
    {
        var call = await gateway.CallAsync(HttpMethod.Post, "/api/v1/namespaces/exemplary/pods", _ => Task.CompletedTask);
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/metrics") { Version = HttpVersion.Version20 };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/openmetrics-text"));
        using var response = await client.SendAsync(request, Cancel);

        (await response.Content.ReadAsStringAsync(Cancel)).Split('\n').ShouldContain(line => line.StartsWith("k8s_api_requests_total{", StringComparison.Ordinal) && line.Contains($"trace_id=\"{call.Server.TraceId}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_WithoutALimit_AreCountedByClient()
    {
        foreach (var target in new[] { "/api/v1/pods", "/api/v1/pods?limit=500", "/api/v1/pods?continue=abc", "/api/v1/pods?watch=1", "/api/v1/namespaces/n/pods/web" })
        {
            await gateway.RecordAsync(HttpMethod.Get, target, context => context.Response.WriteAsync("0123456789", Cancel), Cancel, request =>
            {
                request.Headers.UserAgent.Clear();
                request.Headers.TryAddWithoutValidation("User-Agent", "lister/v1 (linux/amd64)");
            });
        }

        (await PointAsync("k8s.api.client.bytes", point => point.Attributes["k8s.api.client"] == "lister" && point.Value == 50)).Value.ShouldBe(50);
        var lists = await PointAsync("k8s.api.lists.unpaginated", point => point.Attributes["k8s.api.client"] == "lister");
        (lists.Value, lists.Attributes["k8s.api.resource"]).ShouldBe((1, "pods"));
        (await PointAsync("k8s.api.lists.unpaginated.bytes", point => point.Attributes["k8s.api.client"] == "lister")).Value.ShouldBe(10);
    }

    [Fact]
    public async Task Watch_IsCountedWhileItRuns_AndNotAsAShortRequest()
    {
        var more = new TaskCompletionSource();
        gateway.Upstream.Script = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"type":"ADDED","object":{"metadata":{"name":"a"}}}""" + "\n", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            await more.Task;
        };
        using var client = gateway.Client();
        using (var response = await client.GetAsync("/api/v1/watched?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
            await Eventually.Async(() => Points("k8s.api.long_running.active").Any(point => point.Attributes["k8s.api.long_running.kind"] == "watch" && point.Value == 1), Cancel, what: "a watch that runs");
            var events = await PointAsync("k8s.api.watch.events", point => point.Attributes["k8s.api.resource"] == "watched");
            (events.Value, events.Attributes["k8s.api.watch.event.type"]).ShouldBe((1, "ADDED"));
            (await PointAsync("k8s.api.watch.bytes", point => point.Attributes["k8s.api.resource"] == "watched")).Value.ShouldBe(51);
            more.SetResult();
            await response.Content.ReadAsStringAsync(Cancel);
        }

        var duration = await PointAsync("k8s.api.long_running.duration", point => point.Attributes["k8s.api.long_running.kind"] == "watch");
        duration.Attributes["k8s.api.outcome"].ShouldBe("completed");
        await Eventually.Async(() => Last("k8s.api.long_running.active").Single(point => point.Attributes["k8s.api.long_running.kind"] == "watch").Value == 0, Cancel, what: "no watch any more");
        Points("http.server.request.duration").ShouldNotContain(point => point.Attributes.GetValueOrDefault("http.route") == "/api/v1/watched");
    }

    [Fact]
    public async Task Bodies_AreCounted_ByWhatBecameOfThem()
    {
        await gateway.RecordAsync(HttpMethod.Get, "/api/v1/namespaces/n/secrets/s", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"},"data":{"a":"c2VjcmV0LXZhbHVl"}}""", Cancel);
        }, Cancel);

        (await PointAsync("kubelens.capture.bodies", point => point.Attributes["note"] == "whole" && point.Attributes["direction"] == "response")).Value.ShouldBeGreaterThan(0);
        (await PointAsync("kubelens.capture.redacted", point => point.Attributes["direction"] == "response" && point.Value > 0)).Value.ShouldBeGreaterThan(0);
        (await PointAsync("kubelens.capture.bytes", point => point.Attributes["direction"] == "response" && point.Value > 0)).Value.ShouldBeGreaterThan(0);
    }

    private IEnumerable<SeenPoint> Points(string name) => gateway.Collector.Metrics.Where(metric => metric.Name == name).SelectMany(metric => metric.Points);

    private IReadOnlyList<SeenPoint> Last(string name) => gateway.Collector.Metrics.Last(metric => metric.Name == name).Points;

    private async Task<SeenPoint> PointAsync(string name, Func<SeenPoint, bool> match)
    {
        await Eventually.Async(() => Points(name).Any(match), Cancel, what: $"a point of {name}");
        return Points(name).First(match);
    }

    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => Settings["Telemetry__Prometheus"] = "loopback";
    }
}
