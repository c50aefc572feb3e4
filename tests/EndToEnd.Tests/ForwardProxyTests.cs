using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests;

/// <summary>Somebody who keeps their own kubeconfig and goes through the forward proxy.</summary>
public sealed class ForwardProxyTests(TestCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kubectl_ThroughTheProxyOfAppHost_IsFoundAsItsOwnUser()
    {
        var access = await cluster.RequireAsync(Cancel);
        using var folder = new TempFolder("proxy");
        File.Copy(access.Kubeconfig("alice"), folder["alice"]);
        var alice = access.KubectlWith(folder["alice"]);
        await File.WriteAllTextAsync(folder["ca.crt"], Pem((await alice.RunAsync(["config", "view", "--raw", "-o", "jsonpath={.clusters[0].cluster.certificate-authority-data}"], Cancel)).Require()), Cancel);
        var port = Ports.Free();
        await using var system = await KubeLensSystem.StartAsync(
            access.Kubeconfig("gateway"),
            ["--proxy-port", $"{port}"],
            new Dictionary<string, string?> { ["Cluster__Identity"] = "impersonate", ["Identity__ClientCaFile"] = folder["ca.crt"] },
            Cancel);

        var name = (await alice.RunAsync(["config", "view", "-o", "jsonpath={.clusters[0].name}"], Cancel)).Require();
        (await alice.RunAsync(["config", "set-cluster", name, $"--proxy-url=http://127.0.0.1:{port}"], Cancel)).Require();
        (await alice.RunAsync(["get", "pods", "--namespace", "default", "-l", "run=through-the-proxy"], Cancel)).Error.ShouldContain("certificate", customMessage: "nobody trusts the proxy unasked");
        (await alice.RunAsync(["get", "pods", "--namespace", "default", "-l", "run=through-the-proxy", "--certificate-authority", Path.Combine(system.Home.Path, "pki", "proxy-ca.crt")], Cancel)).Require();

        await system.Api.FindAsync("verb:list resource:pods through-the-proxy", Cancel);
        var call = (await system.Api.SearchAsync("verb:list resource:pods through-the-proxy", Cancel)).Items.ShouldHaveSingleItem();
        (call.User, call.Caller, call.Status).ShouldBe(("alice", "alice", 200));
    }

    private static string Pem(string base64) => System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(base64));
}
