using KubeLens.Bench.Capture;
using KubeLens.Bench.Report;

namespace KubeLens.Bench.Tests;

public sealed class CaptureBenchmarkTests
{
    [Fact]
    public void Run_OfEveryCase_MeasuresAndReportsIt()
    {
        var options = new BenchOptions { Rounds = 1, Duration = TimeSpan.FromMilliseconds(20), WarmUp = TimeSpan.FromMilliseconds(1) };

        var measured = new CaptureBenchmark(options, TimeProvider.System).Run(TestContext.Current.CancellationToken);

        measured.Select(item => item.Name).ShouldBe(CaptureCases.All.Select(item => item.Name));
        measured.ShouldAllBe(item => item.Microseconds > 0 && item.ReadMicroseconds != 0 && item.AllocatedBytes > 0);
        measured.Where(item => item.RecordBytes <= 500).ShouldHaveSingleItem().Name.ShouldBe("watch, each event counted");
        measured.Single(item => item.Name == "JSON, 2 KB").WireBytes.ShouldBeInRange(1_800, 2_200);
        measured.Single(item => item.Name.Contains("1 MB", StringComparison.Ordinal)).WireBytes.ShouldBeInRange(950_000, 1_100_000);
        new CaptureReport(options, measured).ToMarkdown().ShouldContain("| JSON, 2 KB |");
    }
}
