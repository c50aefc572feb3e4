using System.Collections.Concurrent;
using KubeLens.Testing;
using Microsoft.Extensions.Logging;

namespace KubeLens.DemoCluster.Tests.Differential;

/// <summary>kubectl as Debian ships it and a new one get from the demo cluster what they would get from a real one.</summary>
public sealed class DifferentialTests(TestCluster cluster)
{
    private const int FewestCommands = 40;

    private static readonly ConcurrentDictionary<int, Lazy<Task<ClusterRun>>> DemoRuns = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20, 23)]
    [InlineData(31, 99)]
    public async Task Demo_EveryCommand_EndsAsItShould(int oldest, int newest)
    {
        var run = await DemoAsync(KubectlPrograms.Require(oldest, newest));

        run.Answers.Count.ShouldBeGreaterThan(FewestCommands);
        Text(run.Answers.Where(answer => answer.Shape.Fails != answer.Step.Fails).Select(answer => $"{answer.Step.Command}: exit code {answer.Result.ExitCode}: {answer.Shape.Error}{answer.Result.Output}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(20, 23, Traits = ["Category", "Long"])]
    [InlineData(31, 99)]
    public async Task DemoAndCluster_EveryCommand_AgreeInShape(int oldest, int newest)
    {
        var program = KubectlPrograms.Require(oldest, newest);
        var access = await cluster.RequireNodeAsync(Cancelled);

        var running = DemoAsync(program);
        var real = await ClusterRun.StartAsync(program, access.Kubeconfig("admin"), $"differential-{Guid.NewGuid():N}"[..24], Cancelled);
        var demo = await running;

        var differing = demo.Answers.Zip(real.Answers).Where(pair => pair.First.Shape != pair.Second.Shape).ToList();
        var expected = Differences.All.Where(difference => difference.IsFor(program.Minor, real.Server)).ToList();
        Text(differing.Where(pair => expected.All(difference => difference.Command != pair.First.Step.Command)).Select(pair => $"{pair.First.Step.Command}\n  demo: {pair.First.Shape}\n  real: {pair.Second.Shape}")).ShouldBeEmpty();
        var needless = expected.Where(difference => !difference.MayAgree && Knows(program, difference.Command) && differing.All(pair => pair.First.Step.Command != difference.Command));
        Text(needless.Select(difference => difference.Command)).ShouldBeEmpty("they no longer differ");
    }

    [Fact]
    public void Differences_AllAreOfCommandsInTheScript() =>
        Text(Differences.All.Select(difference => difference.Command).Where(command => Script.Steps.All(step => step.Command != command))).ShouldBeEmpty();

    private static bool Knows(KubectlProgram program, string command) => Script.Steps.Any(step => step.Command == command && step.Oldest <= program.Minor);

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines);

    /// <summary>Once for both tests.</summary>
    private static Task<ClusterRun> DemoAsync(KubectlProgram program) => DemoRuns.GetOrAdd(program.Minor, _ => new(() => RunDemoAsync(program))).Value;

    private static async Task<ClusterRun> RunDemoAsync(KubectlProgram program)
    {
        using var home = new TempFolder("demo");
        await using var app = DemoClusterProgram.Build([$"--DemoCluster:Home={home.Path}", "--DemoCluster:Port=0"], builder => builder.Logging.ClearProviders());
        await app.StartAsync(CancellationToken.None);
        var run = await ClusterRun.StartAsync(program, home["admin.kubeconfig"], "differential-demo", CancellationToken.None);
        await app.StopAsync(CancellationToken.None);
        return run;
    }
}
