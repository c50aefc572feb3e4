using KubeLens.Testing;
using Microsoft.AspNetCore.Http;

namespace KubeLens.Gateway.Tests.Telemetry;

public sealed class SilentGatewayTests(SilentGatewayTests.Gateway gateway) : IClassFixture<SilentGatewayTests.Gateway>
{
    [Fact]
    public async Task Gateway_ThatIsToTellNothingOfCalls_TellsOnlyOfItself()
    {
        var cancel = TestContext.Current.CancellationToken;
        var call = await gateway.RecordAsync(HttpMethod.Post, "/api/v1/namespaces/n/pods", context => context.Response.WriteAsync("{}", cancel), cancel);
        await Eventually.Async(() => gateway.Collector.Metrics.Any(metric => metric.Name == "kubelens.capture.calls"), cancel, what: "a metric of the gateway's own");

        (call.TraceParent, call.Record.TraceId).ShouldBe(("", ""));
        gateway.Collector.Spans.ShouldBeEmpty();
        gateway.Collector.Logs.ShouldNotContain(log => log.EventName == "k8s.api.call");
        gateway.Collector.Metrics.ShouldNotContain(metric => metric.Scope == "KubeLens.Gateway.Calls");
    }

    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => Settings["Telemetry__Calls"] = "false";
    }
}
