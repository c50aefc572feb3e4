using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Tests.Api.Writing;

/// <summary>Who wrote what, as metadata.managedFields tells it.</summary>
public sealed class ManagersTests
{
    private const string One = Samples.ConfigMaps + "/one";
    private const string Web = Samples.Deployments + "/web";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_OfSeveralClients_AreKeptApart()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps + "?fieldManager=maker", Samples.Named("one", ""","data":{"a":"b"}"""));

        await server.PutAsync(One + "?fieldManager=changer", Samples.Named("one", ""","data":{"a":"c"}"""));
        var reply = await server.PatchAsync(One + "?fieldManager=patcher", """{"data":{"d":"e"}}""");

        Managers(reply).ShouldBe(["changer Update ", "maker Update ", "patcher Update "], ignoreOrder: true);
        Fields(reply, "patcher").ShouldBe("""{"f:data":{"f:d":{}}}""");
        Fields(reply, "changer").ShouldBe("""{"f:data":{"f:a":{}}}""");
    }

    [Fact]
    public async Task Write_WithoutAName_IsTheUserAgents()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        server.Http.DefaultRequestHeaders.UserAgent.ParseAdd("robot/1.2");

        var reply = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one", ""","data":{"a":"b"}"""));

        Managers(reply).ShouldBe(["robot Update "]);
    }

    [Fact]
    public async Task Subresources_HaveEntriesOfTheirOwn()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Deployments + "?fieldManager=maker", Samples.Deployment("web"));

        await server.PatchAsync(Web + "/status?fieldManager=controller", """{"status":{"replicas":1}}""");
        await server.PatchAsync(Web + "/scale?fieldManager=scaler", """{"spec":{"replicas":3}}""");

        var reply = await server.GetAsync(Web);
        Managers(reply).ShouldBe(["maker Update ", "controller Update status", "scaler Update scale"], ignoreOrder: true);
        Fields(reply, "scaler").ShouldBe("""{"f:spec":{"f:replicas":{}}}""");
        Fields(reply, "controller").ShouldBe("""{"f:status":{"f:replicas":{}}}""");
        Fields(reply, "maker").ShouldNotContain("f:status");
    }

    [Fact]
    public async Task DryRun_AndWritesWithoutAChange_LeaveThemAsTheyAre()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps + "?fieldManager=maker", Samples.Named("one", ""","data":{"a":"b"}"""));

        await server.PatchAsync(One + "?fieldManager=other&dryRun=All", """{"data":{"a":"c"}}""");
        await server.PatchAsync(One + "?fieldManager=other", """{"data":{"a":"b"}}""");

        (await server.GetAsync(One)).Text.ShouldBe(created.Text);
    }

    [Fact]
    public async Task Patch_ThatNullsWhatTheServerKeeps_ChangesNothingOfIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.Deployments + "?fieldManager=maker", Samples.Deployment("web"));

        var reply = await server.PatchAsync(Web, """{"metadata":{"uid":null,"creationTimestamp":null,"generation":null,"resourceVersion":null,"namespace":null,"managedFields":null,"labels":{"a":"b"}}}""");

        reply.Code.ShouldBe(200);
        foreach (var field in new[] { "uid", "creationTimestamp", "generation", "namespace" })
        {
            reply[$"metadata.{field}"].ShouldBe(created[$"metadata.{field}"]);
        }

        Managers(reply).ShouldContain("maker Update ");
        reply["metadata.labels.a"].ShouldBe("b");
    }

    [Fact]
    public async Task Apply_ThatTakesAFieldBack_GetsTheDefaultAgain()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var plain = JsonNode.Parse(Samples.Deployment("web"))!.AsObject();
        (plain["apiVersion"], plain["kind"]) = ("apps/v1", "Deployment");
        var scaled = plain.DeepClone().AsObject();
        scaled["spec"]!["replicas"] = 4;
        (await server.PatchAsync(Web + "?fieldManager=me", scaled.ToJsonString(), "application/apply-patch+yaml"))["spec.replicas"].ShouldBe("4");
        plain["spec"]!.AsObject().Remove("replicas");

        var reply = await server.PatchAsync(Web + "?fieldManager=me", plain.ToJsonString(), "application/apply-patch+yaml");

        reply["spec.replicas"].ShouldBe("1");
    }

    private static List<string> Managers(ApiReply reply) =>
        [.. Entries(reply).Select(entry => $"{entry["manager"]} {entry["operation"]} {entry["subresource"]}")];

    private static string Fields(ApiReply reply, string manager) => Entries(reply).Single(entry => (string)entry["manager"]! == manager)["fieldsV1"]!.ToJsonString();

    private static IEnumerable<JsonNode> Entries(ApiReply reply) => reply.Body["metadata"]!["managedFields"]!.AsArray().OfType<JsonNode>();
}
