using System.Net;
using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class CallSpanTests(CallSpanTests.Gateway gateway) : IClassFixture<CallSpanTests.Gateway>
{
    private const string Caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ThatGoesWell_IsAServerSpanWithTwoChildren()
    {
        var seen = await gateway.CallAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/shop/deployments/web/scale?pretty=true&token=abcdefgh123", context => context.Response.WriteAsync("{}", Cancel));

        var server = seen.Spans.Single(span => span.Kind == SeenSpan.Server);
        server.Scope.ShouldBe("KubeLens.Gateway");
        server.Name.ShouldBe("get deployments/scale");
        server.Status.ShouldBe(SeenSpan.Unset);
        server.ParentId.ShouldBeEmpty();
        server.Resource["service.name"].ShouldBe("gateway");
        server.Resource["service.namespace"].ShouldBe("kubelens");
        var expected = new Dictionary<string, string>
        {
            ["http.request.method"] = "GET",
            ["url.scheme"] = "https",
            ["url.path"] = "/apis/apps/v1/namespaces/shop/deployments/web/scale",
            ["url.query"] = "pretty=true&token=<redacted>",
            ["http.route"] = "/apis/apps/v1/namespaces/{:namespace}/deployments/{:name}/scale",
            ["http.response.status_code"] = "200",
            ["http.response.body.size"] = "2",
            ["server.address"] = "127.0.0.1",
            ["server.port"] = $"{gateway.Address.Port}",
            ["client.address"] = "127.0.0.1",
            ["user_agent.original"] = "probe/1.0",
            ["network.protocol.version"] = "2",
            ["k8s.api.verb"] = "get",
            ["k8s.api.group"] = "apps",
            ["k8s.api.version"] = "v1",
            ["k8s.api.resource"] = "deployments",
            ["k8s.api.subresource"] = "scale",
            ["k8s.api.name"] = "web",
            ["k8s.namespace.name"] = "shop",
            ["k8s.cluster.name"] = seen.Record.Cluster,
            ["k8s.api.caller"] = seen.Record.Caller,
            ["kubelens.gateway"] = "under-test",
            ["k8s.api.outcome"] = "completed",
            ["audit-id"] = seen.AuditId,
            ["kubelens.call.url"] = $"https://portal.example/search?q=audit:{seen.AuditId}",
        };
        foreach (var (name, value) in expected)
        {
            server[name].ShouldBe(value, name);
        }

        var client = seen.Spans.Single(span => span.Kind == SeenSpan.Client);
        (client.Name, client.ParentId, client.TraceId, client.Status).ShouldBe(("GET /apis/apps/v1/namespaces/{:namespace}/deployments/{:name}/scale", server.SpanId, server.TraceId, SeenSpan.Unset));
        client["url.full"].ShouldBe($"{gateway.Upstream.Address}/apis/apps/v1/namespaces/shop/deployments/web/scale?pretty=true&token=<redacted>");
        client["server.address"].ShouldBe("127.0.0.1");
        client["http.response.status_code"].ShouldBe("200");
        client["network.protocol.version"].ShouldBe("2");
        var authentication = seen.Spans.Single(span => span.Kind == SeenSpan.Internal);
        (authentication.Name, authentication.ParentId, authentication["k8s.api.authentication.result"], authentication["user.name"]).ShouldBe(("authenticate", server.SpanId, "accepted", seen.Record.Caller));
        (seen.Record.TraceId, seen.Record.SpanId).ShouldBe((server.TraceId, server.SpanId));
        seen.TraceParent.ShouldBe($"00-{client.TraceId}-{client.SpanId}-01");
    }

    [Theory]
    [InlineData("PUT", 201, SeenSpan.Unset, SeenSpan.Unset, "")]
    [InlineData("GET", 404, SeenSpan.Unset, SeenSpan.Error, "")]
    [InlineData("GET", 503, SeenSpan.Error, SeenSpan.Error, "503")]
    public async Task Status_OfTheAnswer_IsAnErrorAsTheHttpConventionsSay(string method, int status, ulong server, ulong client, string type)
    {
        var seen = await gateway.CallAsync(new HttpMethod(method), "/api/v1/namespaces/shop/pods/web", context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var span = seen.Spans.Single(span => span.Kind == SeenSpan.Server);
        (span.Status, span["error.type"]).ShouldBe((server, type));
        span = seen.Spans.Single(span => span.Kind == SeenSpan.Client);
        (span.Status, span["error.type"]).ShouldBe((client, client == SeenSpan.Error ? $"{status}" : ""));
    }

    [Fact]
    public async Task Answer_ThatBreaksOff_IsAnError()
    {
        var seen = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/broken/pods", async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half", Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            context.Abort();
        });

        var server = seen.Spans.Single(span => span.Kind == SeenSpan.Server);
        (server.Status, server["error.type"]).ShouldBe((SeenSpan.Error, "upstreamFailed"));
    }

    [Fact]
    public async Task Traceparent_OfTheCaller_IsContinued()
    {
        var seen = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/traced/pods", _ => Task.CompletedTask, request =>
        {
            request.Headers.Add("traceparent", Caller);
            request.Headers.Add("tracestate", "vendor=1");
        });

        var server = seen.Spans.Single(span => span.Kind == SeenSpan.Server);
        (server.TraceId, server.ParentId).ShouldBe(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"));
        seen.TraceParent.ShouldBe($"00-4bf92f3577b34da6a3ce929d0e0e4736-{seen.Spans.Single(span => span.Kind == SeenSpan.Client).SpanId}-01");
        seen.TraceState.ShouldBe("vendor=1");
    }

    [Fact]
    public async Task Watch_IsAShortSpanAndALinkedSummary()
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
        using var response = await client.GetAsync("/api/v1/namespaces/watched/pods?watch=true", HttpCompletionOption.ResponseHeadersRead, Cancel);

        // While it goes on.
        await Eventually.Async(() => gateway.Collector.Spans.Any(span => span["k8s.namespace.name"] == "watched"), Cancel, what: "the start of the watch");
        var server = gateway.Collector.Spans.Single(span => span.Kind == SeenSpan.Server && span["k8s.namespace.name"] == "watched");
        (server.Name, server["http.response.status_code"], server["k8s.api.outcome"]).ShouldBe(("watch pods", "200", ""));
        more.SetResult();
        await response.Content.ReadAsStringAsync(Cancel);

        await Eventually.Async(() => gateway.Collector.Spans.Any(span => span.Name == "watch pods summary" && span["k8s.namespace.name"] == "watched"), Cancel, what: "the summary");
        var summary = gateway.Collector.Spans.Single(span => span.Name == "watch pods summary" && span["k8s.namespace.name"] == "watched");
        summary.Kind.ShouldBe(SeenSpan.Internal);
        summary.ParentId.ShouldBeEmpty();
        summary.TraceId.ShouldNotBe(server.TraceId);
        summary.Links.ShouldBe([$"{server.TraceId}/{server.SpanId}"]);
        (summary["k8s.api.outcome"], summary["k8s.api.watch.events"], summary["audit-id"]).ShouldBe(("completed", "1", server["audit-id"]));
        double.Parse(summary["k8s.api.duration"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(summary.Duration.TotalSeconds);
        gateway.Collector.Spans.Count(span => span.Kind == SeenSpan.Server && span["k8s.namespace.name"] == "watched").ShouldBe(1);
        var record = await gateway.Sink.SingleAsync(call => call.Namespace == "watched", Cancel);
        (record.TraceId, record.SpanId).ShouldBe((server.TraceId, server.SpanId));
    }

    [Fact]
    public async Task Call_OfNobody_IsASpanWhoseAuthenticationFailed()
    {
        using var client = gateway.Client(withCertificate: false);
        using var response = await client.GetAsync("/api/v1/namespaces/nobodys/pods", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var record = await gateway.Sink.SingleAsync(call => call.Namespace == "nobodys", Cancel);

        var spans = await gateway.SpansOfAsync($"{record.AuditId}", Cancel);
        var server = spans.Single(span => span.Kind == SeenSpan.Server);
        (server.Status, server["http.response.status_code"], server["k8s.api.outcome"], server["user.name"]).ShouldBe((SeenSpan.Unset, "401", "refused", ""));
        var authentication = spans.Single(span => span.Kind == SeenSpan.Internal);
        (authentication.Status, authentication["error.type"]).ShouldBe((SeenSpan.Error, "refused"));
        spans.ShouldNotContain(span => span.Kind == SeenSpan.Client);
    }

    [Fact]
    public async Task Method_ThatNobodyKnows_MakesNoNames()
    {
        var seen = await gateway.CallAsync(new HttpMethod("FROB"), "/api/v1/namespaces/odd/pods/web", _ => Task.CompletedTask);

        var server = seen.Spans.Single(span => span.Kind == SeenSpan.Server);
        (server.Name, server["http.request.method"], server["http.request.method_original"]).ShouldBe(("_OTHER pods", "_OTHER", "FROB"));
    }

    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => Settings["Telemetry__CallUrl"] = "https://portal.example/search?q=audit:{auditId}";
    }
}
