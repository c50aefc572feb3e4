using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Api;

/// <summary>Every kubectl that is found.</summary>
public sealed class KubectlTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kubectl_CreatesChangesShowsAndDeletes()
    {
        Assert.SkipWhen(KubectlPrograms.All.Count == 0, "There is no kubectl.");
        foreach (var program in KubectlPrograms.All)
        {
            await using var server = await ApiServer.StartAsync(Cancelled);
            using var home = new TempFolder("kubectl");
            var kubectl = new Kubectl(program.Path, Kubeconfig(home, server.Address), home.Path);

            await RunAsync(kubectl, "namespace/shop created", "create", "namespace", "shop");
            await RunAsync(kubectl, "configmap/settings created", "create", "configmap", "settings", "--from-literal=a=b", "-n", "shop");
            await RunAsync(kubectl, "deployment.apps/web created", "create", "deployment", "web", "--image=registry/web:1", "-n", "shop");
            await RunAsync(kubectl, "secret/key created", "create", "secret", "generic", "key", "--from-literal=p=q", "-n", "shop");
            await RunAsync(kubectl, "role.rbac.authorization.k8s.io/reader created", "create", "role", "reader", "--verb=get", "--resource=pods", "-n", "shop");
            await RunAsync(kubectl, "deployment.apps/web scaled", "scale", "deployment", "web", "--replicas=3", "-n", "shop");
            await RunAsync(kubectl, "0/3", "get", "deployments", "-n", "shop", "-o", "wide");
            await RunAsync(kubectl, "configmap/settings labeled", "label", "configmap", "settings", "tier=front", "-n", "shop");
            await RunAsync(kubectl, "settings", "get", "configmaps", "-A", "-l", "tier=front", "--no-headers");
            await RunAsync(kubectl, "deployment.apps/web", "get", "all", "-n", "shop", "-o", "name");
            await RunAsync(kubectl, "Replicas:", "describe", "deployment", "web", "-n", "shop");
            await RunAsync(kubectl, "v1.32.0+kubelens-demo", "version");
            await RunAsync(kubectl, "deployments", "api-resources", "-o", "name");
            await RunAsync(kubectl, "deleted", "delete", "deployment", "web", "-n", "shop");
            await RunAsync(kubectl, "namespace \"shop\" deleted", "delete", "namespace", "shop");
        }
    }

    private static async Task RunAsync(Kubectl kubectl, string expected, params string[] arguments)
    {
        var result = await kubectl.RunAsync(arguments, Cancelled);
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain(expected);
    }

    private static string Kubeconfig(TempFolder home, string address)
    {
        var file = home["kubeconfig"];
        File.WriteAllText(file, $$"""{"apiVersion":"v1","kind":"Config","clusters":[{"name":"demo","cluster":{"server":"{{address}}"} }],"contexts":[{"name":"demo","context":{"cluster":"demo","user":""} }],"current-context":"demo"}""");
        return file;
    }
}
