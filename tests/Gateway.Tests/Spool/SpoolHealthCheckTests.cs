using KubeLens.Gateway.Spool;
using KubeLens.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeLens.Gateway.Tests.Spool;

public sealed class SpoolHealthCheckTests : IDisposable
{
    private readonly TempFolder _folder = new("health");
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_FillingUp_DegradesThenFails()
    {
        await using var spool = await TestSpool.OpenAsync(_folder, options => options.MaxBytes = 8 * TestSpool.SegmentBytes, _time);
        var watch = new SpoolDropWatch(spool.Spool, _time, spool.Log.For<CallSpool>());
        (await CheckAsync(spool, watch)).Status.ShouldBe(HealthStatus.Healthy);

        var i = 0;
        while (!spool.Spool.Status.BodiesGiveWay)
        {
            spool.AppendCall(++i, new byte[2000]).ShouldBeTrue();
        }

        (await CheckAsync(spool, watch)).Status.ShouldBe(HealthStatus.Degraded);
        while (spool.AppendCall(++i, new byte[2000]))
        {
        }

        var full = await CheckAsync(spool, watch);
        full.Status.ShouldBe(HealthStatus.Unhealthy);
        full.Description.ShouldNotBeNull().ShouldContain("Spool:MaxBytes");
        full.Description.ShouldContain($"{i - 1} undelivered");
    }

    [Fact]
    public async Task Check_AfterADrop_IsDegradedForHalfAMinuteAndSaidTwice()
    {
        await using var spool = await TestSpool.OpenAsync(_folder, time: _time);
        var watch = new SpoolDropWatch(spool.Spool, _time, spool.Log.For<CallSpool>());
        watch.Look();
        spool.Spool.AppendCall(1, new byte[TestSpool.SegmentBytes], bodiesFollow: false).ShouldBeFalse();
        watch.Look();

        (await CheckAsync(spool, watch)).Status.ShouldBe(HealthStatus.Degraded);
        _time.Elapsed += TimeSpan.FromSeconds(29);
        watch.Look();
        (await CheckAsync(spool, watch)).Status.ShouldBe(HealthStatus.Degraded);
        _time.Elapsed += TimeSpan.FromSeconds(1);
        watch.Look();

        (await CheckAsync(spool, watch)).Status.ShouldBe(HealthStatus.Healthy);
        (spool.Log.Count(1208), spool.Log.Count(1209)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Check_ClosedSpool_IsUnhealthy()
    {
        var spool = await TestSpool.OpenAsync(_folder);
        await spool.CloseAsync();

        (await CheckAsync(spool, new SpoolDropWatch(spool.Spool, _time, spool.Log.For<CallSpool>()))).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    private static Task<HealthCheckResult> CheckAsync(TestSpool spool, SpoolDropWatch watch) =>
        new SpoolHealthCheck(spool.Spool, watch).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
