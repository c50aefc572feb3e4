using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using KubeLens.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace KubeLens.Gateway.Tests.Clusters;

public sealed class ClusterPlansTests : IDisposable
{
    private const string TwoContexts = """
        current-context: one
        contexts: [{name: one, context: {cluster: c, user: u}}, {name: "arn:aws/two", context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: u, user: {token: t}}]
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FurtherCluster_TakesWhatItDoesNotSayFromTheDefaultOne()
    {
        var plans = Read(("Cluster:Kubeconfig", "/k"), ("Cluster:Context", "x1"), ("Cluster:Identity", "impersonate"), ("Cluster:Hosts:0", "main.example"), ("Clusters:prod:Context", "p"), ("Clusters:own:Kubeconfig", "/o"), ("Clusters:own:Identity", "passthrough"));

        plans.Select(plan => (plan.Key, plan.Name, plan.PathName, plan.Options.Kubeconfig, plan.Options.Context, plan.Options.Mode)).ShouldBe(
        [
            ("Cluster", "", "", "/k", "x1", IdentityMode.Impersonate),
            ("Clusters:own", "own", "own", "/o", "", IdentityMode.Passthrough),
            ("Clusters:prod", "prod", "prod", "/k", "p", IdentityMode.Impersonate),
        ]);
        plans.Sum(plan => plan.Options.Hosts.Count).ShouldBe(1);
    }

    [Fact]
    public void Read_OwnPodsClusterBesideAKubeconfig_TakesNoKubeconfig()
    {
        var plan = Read(("Cluster:Kubeconfig", "/k"), ("Clusters:home:InCluster", "true"), ("Clusters:home:Name", "at-home"))[1];

        (plan.Name, plan.PathName, plan.Options.InCluster, plan.Options.Kubeconfig).ShouldBe(("at-home", "home", true, ""));
    }

    [Theory]
    [InlineData("*", "one", "arn-aws-two")]
    [InlineData("arn:aws/two", "arn-aws-two")]
    [InlineData("", new string[0])]
    public void Read_Contexts_AreClustersOfTheirOwn(string contexts, params string[] paths) =>
        Read(("Cluster:Kubeconfig", _folder.Write("config", TwoContexts)), ("Cluster:Contexts", contexts)).Skip(1).Select(plan => plan.PathName).ShouldBe(paths);

    [Theory]
    [InlineData("Clusters:prod:Identity", "all", "Clusters:prod:Identity is \"all\"")]
    [InlineData("Clusters:prod:ExecTimeout", "00:00:00", "Clusters:prod:ExecTimeout is 00:00:00")]
    [InlineData("Clusters:prod:Hosts:0", "https://prod", "Clusters:prod:Hosts:0 is \"https://prod\": give a host name, without scheme and port")]
    [InlineData("Clusters:prod:Hosts:0", "10.0.0.1", "Clusters:prod:Hosts:0 is \"10.0.0.1\"")]
    [InlineData("Clusters:prod:RequestBodyBytes", "-1", "Clusters:prod:RequestBodyBytes is -1")]
    [InlineData("Clusters:prod:ResponseBodyBytes", "99999999", "Clusters:prod:ResponseBodyBytes is 99999999")]
    [InlineData("Clusters:a b:Context", "c", "\"a b\" cannot be part of an address")]
    [InlineData("Clusters:..:Context", "c", "\"..\" cannot be part of an address")]
    [InlineData("Clusters:prod:Identity", "front-proxy", "must be set with Clusters:prod:Identity=front-proxy")]
    public void Read_Bad_NamesItsKey(string key, string value, string words) =>
        Should.Throw<ConfigurationException>(() => Read(("Cluster:Kubeconfig", "/k"), (key, value))).Problems.ShouldHaveSingleItem().ShouldContain(words);

    [Fact]
    public void Read_OneHostForTwo_IsRefused() =>
        Should.Throw<ConfigurationException>(() => Read(("Cluster:Hosts:0", "api.example"), ("Clusters:prod:Hosts:0", "API.example")))
            .Message.ShouldContain("Cluster:Hosts and Clusters:prod:Hosts both have \"api.example\"");

    [Fact]
    public void Read_OnePathForTwo_IsRefused() =>
        Should.Throw<ConfigurationException>(() => Read(("Cluster:Kubeconfig", _folder.Write("config", TwoContexts)), ("Cluster:Contexts", "*"), ("Clusters:One:Context", "one")))
            .Message.ShouldContain("would both be /clusters/one");

    [Fact]
    public void Read_CredentialBeyondLoopback_IsRefusedForEveryCluster()
    {
        var problems = Should.Throw<ConfigurationException>(() => ClusterPlans.Read(Configuration(("Cluster:Identity", "impersonate"), ("Clusters:prod:Identity", "credential")), new IdentityOptions(), new EndpointOptions { Bind = "0.0.0.0" })).Problems;

        problems.ShouldHaveSingleItem().ShouldContain("with Clusters:prod:Identity=credential every caller has the kubeconfig's power");
    }

    private static IReadOnlyList<ClusterPlan> Read(params (string Key, string Value)[] settings) => ClusterPlans.Read(Configuration(settings), new IdentityOptions(), new EndpointOptions());

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
