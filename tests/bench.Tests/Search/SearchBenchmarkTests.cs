using KubeLens.Bench.Report;
using KubeLens.Bench.Search;

namespace KubeLens.Bench.Tests.Search;

public sealed class SearchBenchmarkTests
{
    /// <summary>More than an hour of them are needed for some to be sealed: few calls are rows only.</summary>
    [Fact]
    public async Task Run_OfSomeCalls_AsksEverythingAndReportsIt()
    {
        var options = new BenchOptions { Benchmark = BenchOptions.Search, Calls = 4_000, Rounds = 1 };

        var measured = await new SearchBenchmark(options, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        measured.Calls.ShouldBeInRange(4_000, 4_300);
        measured.Hot.ShouldBe(measured.Calls);
        measured.LogCalls.ShouldBe(measured.Calls);
        measured.LogSeconds.ShouldBeGreaterThan(0);
        measured.Ingested.ShouldBeGreaterThan(0);
        measured.Timings.Select(timing => timing.Name).ShouldBe(SearchCases.All.Select(one => one.Name));
        measured.Timings.ShouldAllBe(timing => timing.Hot.Count > 0 && timing.All.Count == timing.WhileIngesting.Count);
        var report = new SearchReport(options, measured).ToMarkdown();
        report.ShouldContain("| by audit-id |");
        report.ShouldContain("faster than zgrep");
    }

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.95, 5)]
    [InlineData(0.2, 1)]
    [InlineData(1, 5)]
    public void Percentile_OfSorted_IsTheNearestRank(double part, double expected) => SearchTiming.Percentile([1, 2, 3, 4, 5], part).ShouldBe(expected);
}
