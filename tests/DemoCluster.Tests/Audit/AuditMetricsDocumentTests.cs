using System.Diagnostics.Metrics;
using KubeLens.DemoCluster.Audit;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.DemoCluster.Tests.Audit;

public sealed class AuditMetricsDocumentTests
{
    [Fact]
    public void Instruments_OfTheDemoCluster_AreThoseOfTheDocument()
    {
        using var instruments = new InstrumentList(AuditMetrics.MeterName);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _ = new AuditMetrics(services.GetRequiredService<IMeterFactory>());

        instruments.All.ShouldBe(InstrumentList.Documented(AuditMetrics.MeterName));
    }
}
