using System.Diagnostics.Metrics;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests;

public sealed class StoreMetricsDocumentTests
{
    [Fact]
    public void Instruments_OfTheStore_AreThoseOfTheDocument()
    {
        using var instruments = new InstrumentList(StoreMetrics.MeterName);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _ = new StoreMetrics(services.GetRequiredService<IMeterFactory>());

        instruments.All.ShouldBe(InstrumentList.Documented(StoreMetrics.MeterName));
    }
}
