using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>The official JavaScript client, from npm, directly and through the gateway.</summary>
public sealed class ClientNodeTests(TestCluster cluster)
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

            var direct = await RunAsync(folder.Path, access.Kubeconfig("admin"), name);
            var through = await RunAsync(folder.Path, gateway.Issued, name);

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

    private static async Task<string> RunAsync(string folder, string kubeconfig, string name)
    {
        var run = new TestCommand("node", "client-node.mjs", kubeconfig, name, "nothing") { WorkingDirectory = folder };
        return (await TestProcess.RunAsync(run, Cancel, TimeSpan.FromMinutes(1))).Require().Trim();
    }
}
