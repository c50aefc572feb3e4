using System.Text.Json.Nodes;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.OpenApi;

/// <summary>The real kubectl makes its patches from our merge keys, and we apply them.</summary>
public sealed class KubectlApplyTests
{
    private const string Path = "/apis/apps/v1/namespaces/default/deployments/web";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(18, 23)]
    [InlineData(27, 99)]
    public async Task Apply_ChangedManifest_MergesByKeysAndOrders(int oldest, int newest)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        var kubectl = host.Kubectl(KubectlPrograms.Require(oldest, newest).Path);
        (await kubectl.RunAsync(["apply", "-f", "-"], Cancelled, Manifest("""{"name":"a","image":"a:1","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}]},{"name":"b","image":"b:1"}"""))).Require();
        host.Objects[Path]["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Add(new JsonObject { ["name"] = "injected", ["image"] = "i:1" });

        (await kubectl.RunAsync(["apply", "-f", "-"], Cancelled, Manifest("""{"name":"c","image":"c:1"},{"name":"a","image":"a:2","env":[{"name":"Y","value":"3"}]}"""))).Require().ShouldContain("configured");

        host.Patches.ShouldHaveSingleItem().ShouldContain("$setElementOrder/containers");
        Containers(host).ShouldBe(["c", "a", "injected"]);
        host.Objects[Path]["spec"]!["template"]!["spec"]!["containers"]![1]!["env"]!.ToJsonString().ShouldBe("""[{"name":"Y","value":"3"}]""");

        // With a container that is not its own, kubectl sends the order again each time.
        host.Objects[Path]["spec"]!["template"]!["spec"]!["containers"]!.AsArray().RemoveAt(2);
        (await kubectl.RunAsync(["apply", "-f", "-"], Cancelled, Manifest("""{"name":"c","image":"c:1"},{"name":"a","image":"a:2","env":[{"name":"Y","value":"3"}]}"""))).Require().ShouldContain("unchanged");
    }

    [Theory]
    [InlineData(18, 23)]
    [InlineData(27, 99)]
    public async Task Apply_ServerSide_TakesBackWhatItLeavesOut(int oldest, int newest)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        var kubectl = host.Kubectl(KubectlPrograms.Require(oldest, newest).Path);
        (await kubectl.RunAsync(["apply", "--server-side", "-f", "-"], Cancelled, Manifest("""{"name":"a","image":"a:1"},{"name":"b","image":"b:1"}"""))).Require();

        (await kubectl.RunAsync(["apply", "--server-side", "-f", "-"], Cancelled, Manifest("""{"name":"b","image":"b:2"}"""))).Require().ShouldContain("serverside-applied");

        Containers(host).ShouldBe(["b"]);
        host.Objects[Path]["metadata"]!["managedFields"]!.AsArray().ShouldHaveSingleItem()!["manager"]!.GetValue<string>().ShouldBe("kubectl");
    }

    [Theory]
    [InlineData(18, 23, "strategic", """{"spec":{"template":{"spec":{"containers":[{"name":"b","image":"b:9"}]}}}}""")]
    [InlineData(27, 99, "json", """[{"op":"replace","path":"/spec/template/spec/containers/1/image","value":"b:9"}]""")]
    public async Task Patch_ByHand_IsApplied(int oldest, int newest, string type, string patch)
    {
        await using var host = await OpenApiHost.StartAsync(Cancelled);
        var kubectl = host.Kubectl(KubectlPrograms.Require(oldest, newest).Path);
        (await kubectl.RunAsync(["create", "-f", "-"], Cancelled, Manifest("""{"name":"a","image":"a:1"},{"name":"b","image":"b:1"}"""))).Require();

        (await kubectl.RunAsync(["patch", "deployment", "web", "--type", type, "--patch", patch], Cancelled)).Require().ShouldContain("patched");

        host.Objects[Path]["spec"]!["template"]!["spec"]!["containers"]!.ToJsonString().ShouldContain("b:9");
    }

    private static IEnumerable<string> Containers(OpenApiHost host)
        => host.Objects[Path]["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(container => container!["name"]!.GetValue<string>());

    private static string Manifest(string containers) => $$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},
         "spec":{"selector":{"matchLabels":{"app":"web"} },"template":{"metadata":{"labels":{"app":"web"} },"spec":{"containers":[{{containers}}]} } } }
        """;
}
