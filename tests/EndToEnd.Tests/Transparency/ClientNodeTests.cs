using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>The official JavaScript client, from npm, directly and through the gateway.</summary>
public sealed class ClientNodeTests(TestCluster cluster, SharedSystem shared)
{
    private const string Package = "@kubernetes/client-node@1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Kubernetes 1.20 refuses exec over WebSocket, the only kind this client has: then the same refusal must arrive.</summary>
    [Fact]
    public async Task ClientNode_ListsWatchesAndExecs_AsDirectly()
    {
        var access = await cluster.RequireAsync(Cancel);
        using var folder = new TempFolder("node");
        await InstallAsync(folder.Path);
        var name = $"node-{Guid.NewGuid():N}"[..14];
        var admin = access.Kubectl("admin");
        (await admin.RunAsync(["create", "namespace", name], Cancel)).Require();
        try
        {
            (await admin.RunAsync(["create", "configmap", "seen-by-node", "--namespace", name], Cancel)).Require();
            await using var gateway = await TransparentGateway.StartAsync(access.Kubeconfig("admin"), "credential", Cancel);

            var direct = await RunAsync(folder.Path, access.Kubeconfig("admin"), name, "nothing", "main");
            var through = await RunAsync(folder.Path, gateway.Issued, name, "nothing", "main");

            through.ShouldBe(direct);
            var seen = JsonDocument.Parse(through).RootElement;
            seen.GetProperty("listed").GetInt32().ShouldBe(1);
            seen.GetProperty("watched").GetString().ShouldBe("ADDED seen-by-node");
            seen.GetProperty("executed").GetString().ShouldNotBeNullOrEmpty();
            (await gateway.Sink.SingleAsync(call => call.Namespace == name && call.Verb == "watch", Cancel)).Resource.ShouldBe("configmaps");
            (await gateway.Sink.SingleAsync(call => call.Namespace == name && call.Subresource == "exec", Cancel)).Verb.ShouldBe("get");
        }
        finally
        {
            await admin.RunAsync(["delete", "namespace", name, "--wait=false"], CancellationToken.None);
        }
    }

    /// <summary>The demo cluster takes exec over WebSocket, as Kubernetes does since 1.30.</summary>
    [Fact]
    public async Task ClientNode_OfTheDemoCluster_ListsWatchesAndExecs()
    {
        const string Namespace = "shop";
        using var folder = new TempFolder("node");
        await InstallAsync(folder.Path);
        var system = await shared.DemoAsync(Cancel);
        using var client = GatewayClient.From(system.Kubeconfig);
        var (pod, container) = await RunningPodAsync(client, Namespace);
        using (var made = await client.PostAsync($"/api/v1/namespaces/{Namespace}/configmaps", new StringContent("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"seen-by-node"}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancel))
        {
            made.EnsureSuccessStatusCode();
        }

        var began = TimeProvider.System.GetUtcNow();
        var seen = JsonDocument.Parse(await RunAsync(folder.Path, system.Kubeconfig, Namespace, pod, container)).RootElement;
        (await client.DeleteAsync($"/api/v1/namespaces/{Namespace}/configmaps/seen-by-node", Cancel)).Dispose();

        seen.GetProperty("listed").GetInt32().ShouldBe(1);
        seen.GetProperty("watched").GetString().ShouldBe("ADDED seen-by-node");
        seen.GetProperty("status").GetString().ShouldBe("Success");
        seen.GetProperty("executed").GetString().ShouldBe("from node\n");
        await Eventually.Async(async () => (await system.Api.SearchAsync($"resource:pods/exec verb:get ns:{Namespace} name:{pod} status:101", Cancel)).Items.Any(call => call.Time >= began), Cancel, what: "the record of the exec");
    }

    private static async Task<(string Pod, string Container)> RunningPodAsync(HttpClient client, string name)
    {
        var pods = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/namespaces/{name}/pods?fieldSelector=status.phase%3DRunning", Cancel)).RootElement;
        var pod = pods.GetProperty("items").EnumerateArray().First();
        return (pod.GetProperty("metadata").GetProperty("name").GetString()!, pod.GetProperty("spec").GetProperty("containers")[0].GetProperty("name").GetString()!);
    }

    private static async Task InstallAsync(string folder)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Transparency", "client-node.mjs"), Path.Combine(folder, "client-node.mjs"));
        ProcessResult installed;
        try
        {
            installed = await TestProcess.RunAsync(new TestCommand("npm", "install", "--no-audit", "--no-fund", "--prefix", folder, Package), Cancel, TimeSpan.FromMinutes(1));
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or TimeoutException)
        {
            installed = new ProcessResult(1, "", failure.Message);
        }

        Assert.SkipUnless(installed.ExitCode == 0, $"npm cannot install {Package}: {installed.Error}");
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var run = new TestCommand("node", ["client-node.mjs", .. arguments]) { WorkingDirectory = folder };
        return (await TestProcess.RunAsync(run, Cancel, TimeSpan.FromMinutes(1))).Require().Trim();
    }
}
