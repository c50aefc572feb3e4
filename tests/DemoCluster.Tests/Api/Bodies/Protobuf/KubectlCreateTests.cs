using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Tests.Access.Support;

namespace KubeLens.DemoCluster.Tests.Api.Bodies.Protobuf;

/// <summary>What kubectl sends, in whichever format it likes, is what it prints with --dry-run=client.</summary>
public sealed class KubectlCreateTests : IAsyncLifetime
{
    private DemoHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DemoHost.StartAsync();
        _host.Create("Namespace", """{ "metadata": { "name": "shop" } }""");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("Namespace", "create namespace x")]
    [InlineData("ConfigMap", "create configmap x --from-literal=a=b --from-literal=c=ü")]
    [InlineData("Secret", "create secret generic x --from-literal=a=b --type=demo/x")]
    [InlineData("ServiceAccount", "create serviceaccount x")]
    [InlineData("Deployment", "create deployment x --image=shop:1 --image=proxy:2 --replicas=0")]
    [InlineData("Deployment", "create deployment x --image=shop:1 --port=8080 -- run --fast")]
    [InlineData("Service", "create service clusterip x --tcp=80:http")]
    [InlineData("Service", "create service nodeport x --tcp=80:8080 --node-port=30080")]
    [InlineData("CronJob", "create cronjob x --image=shop:1 --schedule=@daily -- date")]
    [InlineData("Role", "create role x --verb=get,list --resource=pods,deployments.apps --resource-name=a")]
    [InlineData("ClusterRole", "create clusterrole x --verb=get --non-resource-url=/metrics")]
    [InlineData("RoleBinding", "create rolebinding x --clusterrole=view --user=a --group=b --serviceaccount=c:d")]
    [InlineData("ClusterRoleBinding", "create clusterrolebinding x --clusterrole=view --group=b")]
    public async Task Create_Object_ArrivesWhole(string kind, string command)
    {
        var kubectl = _host.Kubectl();
        var words = command.Split(' ').ToList();
        string[] namespaced = ["--namespace", "shop", .. words];
        var separator = Array.IndexOf(namespaced, "--");
        var dry = await kubectl.RunAsync([.. separator < 0 ? namespaced : namespaced[..separator], "--dry-run=client", "-o", "json", .. separator < 0 ? [] : namespaced[separator..]], TestContext.Current.CancellationToken);

        var result = await kubectl.RunAsync(namespaced, TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(0, result.Error);
        var served = ResourceKinds.Named(kind);
        var stored = _host.Store.Find(served, served.Namespaced ? "shop" : "", "x").ShouldNotBeNull();
        var sent = JsonNode.Parse(dry.Output)!.AsObject();
        Missing(sent, stored, "").ShouldBeEmpty();
    }

    [Fact]
    public async Task CreateToken_IsOfTheServiceAccount()
    {
        _host.Create("ServiceAccount", Access.Support.Samples.Robot);

        var result = await _host.Kubectl().RunAsync(["--namespace", "shop", "create", "token", "robot", "--duration=20m"], TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(0, result.Error);
        var (_, body) = await DemoHost.GetAsync(_host.Client(token: result.Output.Trim()), "/version");
        ((string)body["user"]!).ShouldBe("system:serviceaccount:shop:robot");
    }

    /// <summary>Where the stored object does not have what was sent; null, {} and [] say nothing.</summary>
    private static IEnumerable<string> Missing(JsonNode? sent, JsonNode? stored, string path) => (sent, stored) switch
    {
        (null or JsonObject { Count: 0 } or JsonArray { Count: 0 }, _) => [],
        (JsonObject one, _) => one.SelectMany(field => Missing(field.Value, (stored as JsonObject)?[field.Key], $"{path}.{field.Key}")),
        (JsonArray some, JsonArray others) when some.Count == others.Count => some.Zip(others).SelectMany(pair => Missing(pair.First, pair.Second, path + "[]")),
        _ => JsonNode.DeepEquals(sent, stored) ? [] : [$"{path}: {sent.ToJsonString()} became {stored?.ToJsonString()}"],
    };
}
