using KubeLens.Bench.Report;
using KubeLens.Bench.Storage;

namespace KubeLens.Bench.Tests.Storage;

public sealed class StorageBenchmarkTests
{
    [Fact]
    public async Task Run_OfSomeCalls_MeasuresAndReportsThem()
    {
        var options = new BenchOptions { Benchmark = BenchOptions.Storage, Calls = 2_000 };

        var measured = await new StorageBenchmark(options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        measured.PerCall(measured.NdjsonBytes).ShouldBeInRange(4_000, 6_000);
        measured.GzipBytes.ShouldBeInRange(measured.NdjsonBytes / 30, measured.NdjsonBytes / 4);
        measured.PerCall(measured.HotRowBytes).ShouldBeInRange(200, 3_000);
        measured.HotPackBytes.ShouldBeInRange(1, measured.NdjsonBytes);
        measured.SealedRowBytes.ShouldBeInRange(1, measured.HotRowBytes);
        measured.SealedPackBytes.ShouldBeInRange(1, measured.HotPackBytes);
        measured.SealingPeakBytes.ShouldBeGreaterThanOrEqualTo(measured.SealingStartBytes);
        new StorageReport(options, measured).ToMarkdown().ShouldContain("| stored: all of it |");
    }
}
