namespace KubeLens.Bench.Tests;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Parse_OfEveryOption_SetsIt()
    {
        var options = BenchOptions.Parse(["gateway", "--rounds", "7", "--seconds", "2", "--warm-up", "3", "--workers", "1", "--peers", "nginx,gateway", "--write"], out var error);

        error.ShouldBeEmpty();
        options.ShouldNotBeNull();
        (options.Rounds, options.Duration, options.WarmUp, options.Workers, options.Write).ShouldBe((7, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), 1, true));
        options.Peers.ShouldBe(["nginx", "gateway"]);
    }

    [Fact]
    public void Parse_OfWatches_TakesTheirCounts()
    {
        var options = BenchOptions.Parse(["watches", "--counts", "5,50"], out _).ShouldNotBeNull();

        options.Benchmark.ShouldBe(BenchOptions.Watches);
        options.Counts.ShouldBe([5, 50]);
    }

    [Fact]
    public void Parse_OfStorage_TakesItsCallsAndSeed()
    {
        var options = BenchOptions.Parse(["storage", "--calls", "500", "--seed", "7"], out _).ShouldNotBeNull();

        (options.Benchmark, options.Calls, options.Seed).ShouldBe((BenchOptions.Storage, 500, 7));
    }

    [Theory]
    [InlineData("watches --counts 10,none", "--counts: 'none' is not a number of at least 1.")]
    [InlineData("--rounds 0", "--rounds: '0' is not a number of at least 1.")]
    [InlineData("--seconds", "--seconds: '' is not a number of at least 1.")]
    [InlineData("--peers nginx,apache", "--peers: 'apache' is none of gateway, nginx, direct.")]
    [InlineData("disk", "disk: there is no such benchmark or option.")]
    public void Parse_OfNonsense_NamesTheOptionAndTheValue(string arguments, string message)
    {
        BenchOptions.Parse(arguments.Split(' '), out var error).ShouldBeNull();
        error.ShouldBe(message);
    }
}
