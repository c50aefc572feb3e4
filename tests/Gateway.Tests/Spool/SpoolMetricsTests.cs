using KubeLens.Gateway.Spool;
using KubeLens.Gateway.Tests.Delivery;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class SpoolMetricsTests : IDisposable
{
    private readonly TempFolder _folder = new("metrics");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Observe_AppendedAndDropped_AreCountedByKindAndReason()
    {
        await using var gateway = await TestGateway.StartAsync(_folder["spool"], $"http://127.0.0.1:{Ports.Free()}", ("Delivery:ShutdownBudget", "00:00:00"));
        using var counts = new Counts(gateway.Services, SpoolMetrics.MeterName);
        gateway.Call(1).ShouldBeTrue();
        gateway.Spool.AppendCall(2, new byte[2 * 1024 * 1024], bodiesFollow: false).ShouldBeFalse();

        counts.Observe();

        counts["kubelens.spool.appended{kind=call}"].ShouldBe(1);
        counts["kubelens.spool.appended{kind=bodies}"].ShouldBe(1);
        counts["kubelens.spool.dropped{kind=call,reason=TooLarge}"].ShouldBe(1);
        counts["kubelens.spool.dropped"].ShouldBe(1);
        counts["kubelens.spool.undelivered"].ShouldBe(1);
        counts["kubelens.spool.segments"].ShouldBe(1);
        counts["kubelens.spool.bytes"].ShouldBeGreaterThanOrEqualTo(1024 * 1024);
        counts["kubelens.spool.corrupt"].ShouldBe(0);
    }
}
