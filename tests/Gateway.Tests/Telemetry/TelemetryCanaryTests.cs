using System.Net;
using System.Text;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>What a body or a header holds goes to the Store, if anywhere, and never to a collector.</summary>
public sealed class TelemetryCanaryTests(TelemetryGateway gateway) : IClassFixture<TelemetryGateway>
{
    private const string Jwt = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWEtY2FuYXJ5";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Canaries_InBodiesAndCredentials_AreInNoSignal()
    {
        var kept = $"canary-{Guid.NewGuid():N}";
        string[] secrets = [Jwt, .. Enumerable.Range(0, 4).Select(_ => $"canary-{Guid.NewGuid():N}")];
        gateway.Upstream.Script = async context =>
        {
            context.Response.Headers.SetCookie = $"session={secrets[1]}";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Pod(kept, secrets[2]), Cancel);
        };
        using var client = gateway.Client();
        foreach (var (method, target) in new[] { ("POST", "/api/v1/namespaces/canary/secrets"), ("GET", $"/api/v1/namespaces/canary/pods/web?token={secrets[3]}"), ("GET", $"/api/v1/namespaces/canary/pods/{Jwt}"), ("GET", "/api/v1/namespaces/canary/pods?watch=1"), ("GET", $"/apis/{Jwt}/v1/namespaces/canary/{Jwt}/x/{Jwt}") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), target) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secrets[4]}");
            request.Headers.TryAddWithoutValidation("User-Agent", $"probe/1.0 Bearer {Jwt}");
            request.Content = method == "POST" ? new StringContent($$$"""{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s","labels":{"x":"{{{kept}}}"}},"stringData":{"p":"{{{secrets[2]}}}"}}""", Encoding.UTF8, "application/json") : null;
            using var response = await client.SendAsync(request, Cancel);
            await response.Content.ReadAsByteArrayAsync(Cancel);
        }

        await Eventually.Async(() => gateway.Sink.Matching(call => call.Namespace == "canary").Count == 5, Cancel, what: "five records");
        var audits = gateway.Sink.Matching(call => call.Namespace == "canary").Select(call => $"{call.AuditId}").ToHashSet();
        gateway.Sink.Matching(call => Encoding.UTF8.GetString(call.ResponseBody.Content.Span).Contains(kept, StringComparison.Ordinal)).ShouldNotBeEmpty("the Store's stream has what may be kept");
        await Eventually.Async(() => audits.All(audit => gateway.Collector.Spans.Any(span => span["audit-id"] == audit) && gateway.Collector.Logs.Any(log => log["audit-id"] == audit)), Cancel, what: "spans and logs of all of them");
        var requests = gateway.Collector.Metrics.Count(metric => metric.Name == "k8s.api.requests");
        await Eventually.Async(() => gateway.Collector.Metrics.Count(metric => metric.Name == "k8s.api.requests") > requests, Cancel, what: "later metrics");

        foreach (var (signal, content) in gateway.Collector.Requests)
        {
            var text = Encoding.UTF8.GetString(content);
            foreach (var canary in secrets.Append(kept))
            {
                text.Contains(canary, StringComparison.Ordinal).ShouldBeFalse($"{signal} has {canary}");
            }
        }

        gateway.Collector.Spans.Where(span => span.Kind == SeenSpan.Server && span["k8s.namespace.name"] == "canary").ShouldContain(span => span["url.path"] == "/api/v1/namespaces/canary/pods/<redacted>" && span["k8s.api.name"].Length == 0);
    }

    private static string Pod(string label, string password) => $$$"""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"canary","labels":{"x":"{{{label}}}"}},"spec":{"containers":[{"name":"c","env":[{"name":"DB_PASSWORD","value":"{{{password}}}"}]}]}}
        """;
}
