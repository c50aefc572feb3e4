using System.Net;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class CallLogTests(TelemetryGateway gateway) : IClassFixture<TelemetryGateway>
{
    private const ulong Information = 9, Warning = 13, Error = 17;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", 200, Information)]
    [InlineData("POST", 409, Information)]
    [InlineData("GET", 404, Information)]
    [InlineData("DELETE", 403, Warning)]
    [InlineData("GET", 429, Warning)]
    [InlineData("PUT", 500, Error)]
    public async Task Call_IsOneRecord_OfItsSpan_AtTheLevelOfItsOutcome(string method, int status, ulong severity)
    {
        var call = await gateway.CallAsync(new HttpMethod(method), "/api/v1/namespaces/logged/pods/web", context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var log = await LogOfAsync(call.AuditId);
        (log.Scope, log.EventName, log.Severity).ShouldBe(("KubeLens.Gateway.Calls", "k8s.api.call", severity));
        (log.TraceId, log.SpanId).ShouldBe((call.Server.TraceId, call.Server.SpanId));
        log.Body.ShouldBe($"{call.Record.Verb} pods {status}");
        log["k8s.api.name"].ShouldBe("web");
        log["http.response.status_code"].ShouldBe($"{status}");
        log["error.type"].ShouldBe(status == 500 ? "500" : "");
        double.Parse(log["k8s.api.duration"], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(call.Record.LatencyUs / 1e6);
        log.Resource["service.name"].ShouldBe("gateway");
        gateway.Process.Lines.ShouldNotContain(line => line.Contains(call.AuditId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_OfNobody_IsAWarning()
    {
        using var client = gateway.Client(withCertificate: false);
        using var response = await client.GetAsync("/api/v1/namespaces/nobody/pods", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var record = await gateway.Sink.SingleAsync(call => call.Namespace == "nobody", Cancel);

        var log = await LogOfAsync($"{record.AuditId}");
        (log.Severity, log["k8s.api.outcome"]).ShouldBe((Warning, "refused"));
    }

    [Fact]
    public async Task Watch_IsOneRecord_OfItsSummary()
    {
        var call = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/logged/pods?watch=true", context => context.Response.WriteAsync("""{"type":"ADDED","object":{}}""" + "\n", Cancel));

        var log = await LogOfAsync(call.AuditId);
        await Eventually.Async(() => gateway.Collector.Spans.Any(span => span.Name == "watch pods summary" && span["audit-id"] == call.AuditId), Cancel, what: "the summary");
        log.SpanId.ShouldBe(gateway.Collector.Spans.Single(span => span.Name == "watch pods summary" && span["audit-id"] == call.AuditId).SpanId);
        log["k8s.api.watch.events"].ShouldBe("1");
    }

    private async Task<SeenLog> LogOfAsync(string auditId)
    {
        await Eventually.Async(() => gateway.Collector.Logs.Any(log => log["audit-id"] == auditId), Cancel, what: "the log record");
        return gateway.Collector.Logs.Where(log => log["audit-id"] == auditId).ShouldHaveSingleItem();
    }
}
