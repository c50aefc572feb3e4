using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Api.Discovery;

public sealed class DiscoveryTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resources_OfACoreVersion_NameKindsVerbsAndSubresources()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync("/api/v1");

        reply["kind"].ShouldBe("APIResourceList");
        var pods = Resource(reply, "pods");
        pods["kind"]!.GetValue<string>().ShouldBe("Pod");
        pods["verbs"]!.ToJsonString().ShouldBe("""["create","delete","deletecollection","get","list","patch","update","watch"]""");
        pods["shortNames"]!.ToJsonString().ShouldBe("""["po"]""");
        Resource(reply, "pods/eviction").Text("group").ShouldBe("policy");
        Resource(reply, "namespaces").Items("verbs").Select(verb => verb.Text()).ShouldNotContain("deletecollection");
    }

    [Fact]
    public async Task Scale_IsOfItsOwnGroup()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var scale = Resource(await server.GetAsync("/apis/apps/v1"), "deployments/scale");

        scale.Text("group").ShouldBe("autoscaling");
        scale.Text("kind").ShouldBe("Scale");
    }

    [Fact]
    public async Task Groups_PreferTheVersionThatIsNotDeprecated()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var batch = await server.GetAsync("/apis/batch");

        batch["kind"].ShouldBe("APIGroup");
        batch["preferredVersion.version"].ShouldBe("v1");
        batch.Body.Maps("versions").Select(version => version.Text("groupVersion")).ShouldBe(["batch/v1", "batch/v1beta1"]);
    }

    [Theory]
    [InlineData("/api", "")]
    [InlineData("/apis", "apps")]
    public async Task Aggregated_HoldsWholeGroups(string path, string group)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync(path, Aggregated);

        reply.ContentType.Replace(" ", "", StringComparison.Ordinal).ShouldBe("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        reply["apiVersion"].ShouldBe("apidiscovery.k8s.io/v2");
        reply.Body.Maps("items").ShouldContain(item => item.Text("metadata.name") == group);
        reply.Body.Maps("items").SelectMany(item => item.Maps("versions")).ShouldAllBe(version => version.Text("freshness") == "Current");
    }

    [Fact]
    public async Task Aggregated_Beta_IsAnsweredAsBeta()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync("/apis", "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList");

        reply["apiVersion"].ShouldBe("apidiscovery.k8s.io/v2beta1");
    }

    [Fact]
    public async Task Plain_IsAnsweredToWhoAsksForIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.GetAsync("/apis"))["kind"].ShouldBe("APIGroupList");
        (await server.GetAsync("/api"))["kind"].ShouldBe("APIVersions");
    }

    private static JsonObject Resource(ApiReply reply, string name) => reply.Body.Maps("resources").Single(resource => resource.Text("name") == name);
}
