using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Access;
using KubeLens.DemoCluster.Access.Rbac;

namespace KubeLens.DemoCluster.Tests.Access.Rbac;

public sealed class PolicyRuleTests
{
    private const string Pods = """{ "verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods", "pods/log", "*/scale"] }""";

    [Theory]
    [InlineData("get", "", "pods", "", true)]
    [InlineData("watch", "", "pods", "", false)]
    [InlineData("get", "apps", "pods", "", false)]
    [InlineData("get", "", "pods", "log", true)]
    [InlineData("get", "", "pods", "exec", false)]
    [InlineData("get", "", "deployments", "scale", true)]
    [InlineData("get", "", "deployments", "", false)]
    public void Resources_MatchWithTheirSubresources(string verb, string group, string resource, string subresource, bool expected) =>
        Rule(Pods).Allows(Asked(verb) with { Group = group, Resource = resource, Subresource = subresource }).ShouldBe(expected);

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    [InlineData("", false)]
    public void ResourceNames_LimitToThem(string name, bool expected) =>
        Rule("""{ "verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "resourceNames": ["a"] }""").Allows(Asked("get") with { Resource = "secrets", Name = name }).ShouldBe(expected);

    [Theory]
    [InlineData("/healthz", true)]
    [InlineData("/healthz/etcd", false)]
    [InlineData("/apis/apps", true)]
    [InlineData("/apis", false)]
    public void NonResourceUrls_MatchWhollyOrBeforeAStar(string path, bool expected) =>
        Rule("""{ "verbs": ["get"], "nonResourceURLs": ["/healthz", "/apis/*"] }""").Allows(Asked("get") with { IsResource = false, Path = path }).ShouldBe(expected);

    [Theory]
    [InlineData("""{ "verbs": "get", "resources": 7 }""")]
    [InlineData("""{ "verbs": [{}], "apiGroups": [null], "resources": [1] }""")]
    public void Nonsense_AllowsNothing(string rule) => Rule(rule).Allows(Asked("get") with { Resource = "pods" }).ShouldBeFalse();

    private static PolicyRule Rule(string json) => new(JsonNode.Parse(json)!);

    private static AccessAttributes Asked(string verb) => new() { User = DemoUser.Anonymous, Verb = verb };
}
