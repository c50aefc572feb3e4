using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>Of reads that go well none is wanted: what comes all the same?</summary>
public sealed class SamplingTests(SamplingTests.Gateway gateway) : IClassFixture<SamplingTests.Gateway>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ThatGoesWell_IsNotExported_AndNobodyIsToldOfItsSpan()
    {
        var read = await gateway.RecordAsync(HttpMethod.Get, "/api/v1/namespaces/n/pods", _ => Task.CompletedTask, Cancel);
        var next = await gateway.CallAsync(HttpMethod.Post, "/api/v1/namespaces/n/pods", _ => Task.CompletedTask);

        next.Server.Name.ShouldBe("create pods");
        gateway.Collector.Spans.ShouldNotContain(span => span["audit-id"] == read.AuditId);
        (read.TraceParent, read.Record.TraceId, read.Record.SpanId).ShouldBe(("", "", ""));
    }

    [Theory]
    [InlineData("POST", "/api/v1/namespaces/n/pods", 201)]
    [InlineData("DELETE", "/api/v1/namespaces/n/pods/p", 200)]
    [InlineData("GET", "/api/v1/namespaces/n/pods?watch=1", 200)]
    [InlineData("GET", "/api/v1/namespaces/n/pods/p", 404)]
    [InlineData("GET", "/api/v1/namespaces/n/pods/p", 500)]
    public async Task WriteWatchOrError_IsExportedWithAllItsSpans(string method, string target, int status)
    {
        var call = await gateway.CallAsync(new HttpMethod(method), target, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        call.Spans.Where(span => span.TraceId == call.Server.TraceId).Select(span => span.Kind).Order().ShouldBe([SeenSpan.Internal, SeenSpan.Server, SeenSpan.Client]);
        call.Record.SpanId.ShouldBe(call.Server.SpanId);
    }

    [Fact]
    public async Task Read_OfASampledTrace_IsExported()
    {
        var call = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/n/pods", _ => Task.CompletedTask, request => request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));

        call.Server.TraceId.ShouldBe(Trace);
    }

    [Fact]
    public async Task Read_OfATraceThatIsNotSampled_LeavesTheCallersTraceparentAsItIs()
    {
        const string Sent = $"00-{Trace}-00f067aa0ba902b7-00";
        var read = await gateway.RecordAsync(HttpMethod.Get, "/api/v1/namespaces/n/pods", _ => Task.CompletedTask, Cancel, request => request.Headers.Add("traceparent", Sent));

        (read.TraceParent, read.Record.TraceId, read.Record.SpanId).ShouldBe((Sent, Trace, "00f067aa0ba902b7"));
    }

    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => Settings["Telemetry__SampleRatio"] = "0";
    }
}
