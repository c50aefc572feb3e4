using System.Net.Http.Json;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>What kubectl does to a deployment is its history.</summary>
public sealed class ObjectHistoryTests(TestCluster cluster, SharedSystem shared) : IAsyncLifetime
{
    private readonly string _name = $"history-{Guid.NewGuid():N}"[..16];
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
            await _kubectl.RunAsync(["delete", "deployment", _name, "--ignore-not-found", "--wait=false"], CancellationToken.None);
        }
    }

    [Fact]
    public async Task DeploymentOfAPerson_HasItsHistory()
    {
        (await _kubectl.RunAsync(["create", "-f", "-"], Cancel, Deployment("web:1"))).Require();
        (await _kubectl.RunAsync(["apply", "-f", "-"], Cancel, Deployment("web:2"))).Require();
        (await _kubectl.RunAsync(["patch", "deployment", _name, "--type=merge", "-p", """{"spec":{"replicas":3}}"""], Cancel)).Require();
        (await _kubectl.RunAsync(["scale", "deployment", _name, "--replicas=5"], Cancel)).Require();
        (await _kubectl.RunAsync(["delete", "deployment", _name, "--wait=false"], Cancel)).Require();
        var delete = await _api.FindAsync($"verb:delete resource:deployments name:{_name}", Cancel);

        var all = (await GetAsync<ObjectHistory>($"/api/v1/objects/apps/deployments/default/{_name}?cluster={delete.Cluster}")).Versions;

        // Controllers of the cluster, where it has some, write its status past the gateway; kubectl sees that when it reads before it writes.
        var versions = all.Where(v => v.Kind != ObjectVersionKinds.Seen).ToList();
        all.Except(versions).ShouldAllBe(v => v.Verb == "get" && v.GapBefore && v.HasState);
        string[] Changes(int version) => [.. versions[version].Changes.Where(c => !c.Path.StartsWith("status", StringComparison.Ordinal) && !c.Path.StartsWith("metadata", StringComparison.Ordinal)).Select(c => $"{c.Path} {c.Before}→{c.After}")];
        versions.Select(v => (v.Verb, v.Subresource, v.Kind)).ShouldBe(
        [
            ("delete", "", ObjectVersionKinds.Deleted), ("patch", "scale", ObjectVersionKinds.Changed), ("patch", "", ObjectVersionKinds.Changed), ("patch", "", ObjectVersionKinds.Changed), ("create", "", ObjectVersionKinds.Created),
        ]);
        Changes(1).ShouldBe(["spec.replicas 3→5"]);
        Changes(2).ShouldBe(["spec.replicas 1→3"]);
        Changes(3).ShouldBe(["spec.template.spec.containers[name=web].image \"web:1\"→\"web:2\""]);
        versions[3].Changes.ShouldContain(c => c.Path == "metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"]" && c.Before == null && c.After!.StartsWith("\"<redacted", StringComparison.Ordinal));
        versions.Select(v => v.Uid).Distinct().Count().ShouldBe(1);
        (versions[2].ChangeCount == 1).ShouldBe(versions[2].Basis == ObjectChangeBases.Exact, "exact unless somebody else wrote");
        var change = await GetAsync<CallChange>($"/api/v1/calls/{versions[2].CallId}/change");
        (change.Before!.Text.Contains("\"replicas\": 1", StringComparison.Ordinal), change.After!.Text.Contains("\"replicas\": 3", StringComparison.Ordinal)).ShouldBe((true, true));
    }

    private async Task<T> GetAsync<T>(string path)
    {
        using var response = await _api.GetAsync(path, Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
        return (await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, Cancel))!;
    }

    private string Deployment(string image) => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: {{_name}} }
        spec:
          replicas: 1
          selector: { matchLabels: { app: {{_name}} } }
          template:
            metadata: { labels: { app: {{_name}} } }
            spec: { containers: [{ name: web, image: "{{image}}" }] }
        """;
}
