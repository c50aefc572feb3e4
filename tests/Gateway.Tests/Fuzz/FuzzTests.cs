using System.Globalization;

namespace KubeLens.Gateway.Tests.Fuzz;

/// <summary>What <c>./fuzz.sh</c> runs; without its variables a few seconds of each target.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const string DefaultMinutes = "0.05", DefaultSeed = "1";

    [Fact]
    [Trait("Category", "Long")]
    public void Targets_RandomInputs_Hold()
    {
        var wanted = Variable("TARGET", "");
        var minutes = double.Parse(Variable("MINUTES", DefaultMinutes), CultureInfo.InvariantCulture);
        var seed = int.Parse(Variable("SEED", DefaultSeed), CultureInfo.InvariantCulture);
        var targets = FuzzTargets.All.Where(target => wanted.Length == 0 || target.Name == wanted).ToList();
        targets.ShouldNotBeEmpty($"There are: {string.Join(' ', FuzzTargets.All.Select(target => target.Name))}");

        var failures = new List<string>();
        foreach (var target in targets)
        {
            var run = new FuzzRun(target, seed, TimeSpan.FromMinutes(minutes));
            var failure = run.Run();
            output.WriteLine($"{target.Name,-16} {run.Runs,10} inputs  {(failure is null ? "ok" : "FAILED")}");
            if (failure is not null)
            {
                failures.Add(failure);
            }
        }

        failures.ShouldBeEmpty(string.Join("\n\n", failures));
    }

    private static string Variable(string name, string otherwise) => Environment.GetEnvironmentVariable($"KUBELENS_FUZZ_{name}") is { Length: > 0 } value ? value : otherwise;
}
