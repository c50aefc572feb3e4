using System.Net.Http.Json;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>One kubectl, several calls: one run of a command.</summary>
public sealed class CommandTests(TestCluster cluster, SharedSystem shared) : IAsyncLifetime
{
    private readonly string _name = $"command-{Guid.NewGuid():N}"[..16];
    private Kubectl _kubectl = null!;
    private StoreApi _api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var access = await cluster.RequireAsync(Cancel);
        var system = await shared.RequireAsync(cluster, Cancel);
        (_kubectl, _api) = (access.KubectlWith(system.Kubeconfig), system.Api);
    }

    public async ValueTask DisposeAsync()
    {
        if (_kubectl is not null)
        {
            await _kubectl.RunAsync(["delete", "configmap", $"{_name}-a", $"{_name}-b", "--ignore-not-found"], CancellationToken.None);
        }
    }

    [Fact]
    public async Task ApplyOfTwoObjects_IsOneRunWithItsCallsInOrder()
    {
        (await _kubectl.RunAsync(["apply", "-f", "-"], Cancel, Objects("1"))).Require();
        (await _kubectl.RunAsync(["apply", "-f", "-"], Cancel, Objects("2"))).Require();
        var patch = await _api.FindAsync($"verb:patch resource:configmaps name:{_name}-b", Cancel);

        // What is in one spool is delivered in order: what came before is there too.
        var runs = (await GetAsync<CommandPage>($"/api/v1/commands?q=verb:(create,patch) name:{_name}-a&from=now-15m")).Runs;

        runs.Select(run => (run.Command, run.User, run.Writes, run.Changes, run.Refused, run.Failed, run.InFlight)).ShouldBe([("kubectl apply", patch.User, 2, 2, 0, 0, 0), ("kubectl apply", patch.User, 2, 2, 0, 0, 0)]);
        foreach (var run in runs)
        {
            run.Objects.Where(about => about.Changed).Select(about => (about.Resource, about.Namespace, about.Name)).ShouldBe([("configmaps", "default", $"{_name}-a"), ("configmaps", "default", $"{_name}-b")]);
            run.Quality.Basis.ShouldBe(CountQuality.Exact);
        }

        runs.Select(run => run.Session).Distinct().Count().ShouldBe(2);
        (await CallsAsync(runs[1])).ShouldBe([$"get {_name}-a 404", $"create {_name}-a 201", $"get {_name}-b 404", $"create {_name}-b 201"]);
        (await CallsAsync(runs[0])).ShouldBe([$"get {_name}-a 200", $"patch {_name}-a 200", $"get {_name}-b 200", $"patch {_name}-b 200"]);
    }

    // Without those that only find out what the cluster has.
    private async Task<IEnumerable<string>> CallsAsync(CommandRun run)
    {
        var calls = (await GetAsync<CallPage>($"/api/v1/calls?q={Uri.EscapeDataString(run.Query)}&from=now-15m")).Items;
        calls.Count.ShouldBe(run.Calls);
        return calls.OrderBy(call => call.Time).Where(call => call.Resource == "configmaps").Select(call => $"{call.Verb} {call.Name} {call.Status}");
    }

    private async Task<T> GetAsync<T>(string path)
    {
        using var response = await _api.GetAsync(path, Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
        return (await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, Cancel))!;
    }

    private string Objects(string value) => $$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: {{_name}}-a, labels: { run: "{{value}}" } }
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: {{_name}}-b, labels: { run: "{{value}}" } }
        """;
}
