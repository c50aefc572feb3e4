using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>
/// The gateway is transparent: more than 150 things that clients do give the same directly and through it, to the client and in the
/// apiserver's own audit log, and its records agree with that log. In every identity mode by <c>./test.sh --long</c>, in the one that changes most always.
/// </summary>
public sealed class DifferentialTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_DirectAndImpersonated_DifferAsListedAndNoMore() => await DifferencesAsync("impersonate");

    [Fact]
    [Trait("Category", "Long")]
    public async Task Operations_DirectAndInEveryMode_DifferAsListedAndNoLess()
    {
        var differences = await DifferencesAsync("credential", "passthrough", "impersonate", "front-proxy");

        var needless = ExpectedDifferences.All.Where(expected => !differences.Any(difference => expected.Difference.IsMatch(difference.Key))).ToList();
        needless.Count.ShouldBe(0, string.Join("\n", needless));
    }

    private async Task<IReadOnlyList<Difference>> DifferencesAsync(params string[] modes)
    {
        var access = await cluster.RequireNodeAsync(Cancel);
        Comparison.Operations.Count.ShouldBeGreaterThanOrEqualTo(80);
        Comparison.Operations.Select(operation => operation.Name).ShouldBeUnique();

        var differences = await new Comparison().RunAsync(access, modes);

        var unexpected = differences.Where(difference => !ExpectedDifferences.All.Any(expected => expected.Difference.IsMatch(difference.Key))).ToList();
        unexpected.Count.ShouldBe(0, string.Join("\n", unexpected));
        return differences;
    }
}
