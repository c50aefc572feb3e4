namespace KubeLens.Gateway.Tests.Telemetry;

/// <summary>Callers do not decide: their traces are linked, and go on to the cluster as they are.</summary>
public sealed class LinkedTraceTests(LinkedTraceTests.Gateway gateway) : IClassFixture<LinkedTraceTests.Gateway>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Sent = $"00-{Trace}-00f067aa0ba902b7-00";

    [Fact]
    public async Task Traceparent_OfTheCaller_IsLinkedAndForwardedUnchanged()
    {
        var call = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/n/pods", _ => Task.CompletedTask, request => request.Headers.Add("traceparent", Sent));

        call.Server.ParentId.ShouldBeEmpty();
        call.Server.TraceId.ShouldNotBe(Trace);
        call.Server.Links.ShouldBe([$"{Trace}/00f067aa0ba902b7"]);
        call.TraceParent.ShouldBe(Sent);
    }

    [Fact]
    public async Task Traceparent_OfNobody_StaysAway()
    {
        var call = await gateway.CallAsync(HttpMethod.Get, "/api/v1/namespaces/n/pods", _ => Task.CompletedTask);

        call.Server.Links.ShouldBeEmpty();
        call.TraceParent.ShouldBeEmpty();
    }

    public sealed class Gateway : TelemetryGateway
    {
        public Gateway() => (Settings["Telemetry__IncomingTrace"], Settings["Telemetry__UpstreamTrace"]) = ("link", "caller");
    }
}
