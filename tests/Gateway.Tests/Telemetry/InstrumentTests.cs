using System.Runtime.CompilerServices;
using KubeLens.Gateway.Telemetry;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Gateway.Tests.Telemetry;

[Collection(RequestlessCounts.Collection)]
public sealed class InstrumentTests
{
    [Fact]
    public async Task Instruments_OfTheGateway_AreThoseOfTheDocument()
    {
        using var instruments = new InstrumentList("KubeLens.Gateway");
        await using var gateway = new InProcessGateway();
        await gateway.InitializeAsync();
        foreach (var metrics in typeof(GatewayComposition).Assembly.GetTypes().Where(type => type.Name.EndsWith("Metrics", StringComparison.Ordinal)))
        {
            RuntimeHelpers.RunClassConstructor(metrics.TypeHandle);
        }

        instruments.All.ShouldBe(InstrumentList.Documented("KubeLens.Gateway"));
    }

    [Fact]
    public async Task Gateway_WithoutACollector_WantsNothingToBeTold()
    {
        await using var gateway = new InProcessGateway();
        await gateway.InitializeAsync();
        gateway.Upstream.Script = _ => Task.CompletedTask;
        using var client = gateway.Client();
        await client.GetAsync("/api/v1/namespaces/untold/pods", TestContext.Current.CancellationToken);
        (await gateway.Sink.SingleAsync(call => call.Namespace == "untold", TestContext.Current.CancellationToken)).TraceId.ShouldBeEmpty();

        CallTracing.Source.HasListeners().ShouldBeFalse();
        gateway.Services.GetRequiredService<CallLog>().IsWanted.ShouldBeFalse();
        gateway.Services.GetRequiredService<CallMetrics>().IsWanted.ShouldBeFalse();
    }
}
