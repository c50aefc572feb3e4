using KubeLens.Bench.Ingest;
using KubeLens.Bench.Report;

namespace KubeLens.Bench.Tests.Ingest;

public sealed class IngestBenchmarkTests
{
    [Fact]
    public async Task Run_OfSomeCalls_StoresThemInEachWayAndReportsIt()
    {
        var options = new BenchOptions { Benchmark = BenchOptions.Ingest, Calls = 800, Rounds = 2 };

        var rounds = await new IngestBenchmark(options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        rounds.Select(round => (round.Way, round.Calls)).ShouldBe(Enumerable.Repeat<(IngestWay, int)[]>([(IngestWay.OneSender, 400), (IngestWay.Senders, 400), (IngestWay.Copy, 800)], 2).SelectMany(round => round));
        rounds.ShouldAllBe(round => round.Seconds > 0 && round.PostgresCpuSeconds >= 0);
        var report = new IngestReport(options, rounds).ToMarkdown();
        report.ShouldContain("| COPY of rows and packs that are ready, one connection |");
        report.ShouldContain("×** the calls per second of COPY of the same rows");
    }
}
