using System.Net;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Starting, stopping, being killed: nothing is left behind, nothing delivered is lost.</summary>
public sealed class LifecycleTests(SharedSystem shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Signals.Terminate, true)]
    [InlineData(Signals.Interrupt, true, Traits = ["Category", "Long"])]
    [InlineData(Signals.Kill, false)]
    public async Task AppHost_HoweverItEnds_LeavesNoProcessBehind(int signal, bool clean)
    {
        // One more in front of the shared demo's cluster is there sooner than another demo with its history.
        await using var system = await KubeLensSystem.StartAsync((await shared.DemoAsync(Cancel)).DemoKubeconfig, Cancel);
        using (var client = GatewayClient.From(system.Kubeconfig))
        {
            (await client.GetStringAsync("/api/v1/namespaces", Cancel)).ShouldContain("kube-system");
        }

        var family = Descendants(system.Process.Id).ToList();
        family.Count.ShouldBeGreaterThan(3);

        system.Process.Signal(signal);
        var code = await system.Process.WaitForExitAsync(Cancel, TimeSpan.FromSeconds(30));

        await Eventually.Async(() => family.All(pid => KubeLensSystem.CommandLine(pid).Length == 0), Cancel, what: "the end of every child");
        if (clean)
        {
            code.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Caller_WithoutTheIssuedCertificate_Gets401AsAStatus()
    {
        var system = await shared.DemoAsync(Cancel);
        using var client = GatewayClient.From(system.Kubeconfig, withCertificate: false);
        using var response = await client.GetAsync("/api/v1/namespaces", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("\"kind\":\"Status\"");
        (await system.Api.FindAsync("status:401 resource:namespaces", Cancel)).Caller.ShouldBeEmpty();
    }

    private static IEnumerable<int> Descendants(int parent) =>
        KubeLensSystem.Children(parent).SelectMany(child => Descendants(child).Prepend(child));
}
