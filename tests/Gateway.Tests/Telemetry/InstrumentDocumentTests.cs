using System.Runtime.CompilerServices;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Telemetry;

[Collection(RequestlessCounts.Collection)]
public sealed class InstrumentDocumentTests
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
}
