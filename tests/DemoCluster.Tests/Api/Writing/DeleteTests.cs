using KubeLens.DemoCluster.Objects;
using KubeLens.Testing;

namespace KubeLens.DemoCluster.Tests.Api.Writing;

public sealed class DeleteTests
{
    private const string One = Samples.ConfigMaps + "/one";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_ConfigMap_AnswersWithAStatus()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.DeleteAsync(One);

        reply.Code.ShouldBe(200);
        reply.Text.TrimEnd().ShouldBe($$$$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"one","kind":"configmaps","uid":"{{{{created["metadata.uid"]}}}}"}}""");
        (await server.DeleteAsync(One)).Code.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"preconditions":{"uid":"other"}}""", "the UID in the precondition (other) does not match the UID in record")]
    [InlineData("""{"preconditions":{"resourceVersion":"1"}}""", "the ResourceVersion in the precondition (1) does not match the ResourceVersion in record")]
    public async Task Delete_PreconditionThatDoesNotHold_IsConflict(string body, string message)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.DeleteAsync(One, body);

        reply.Code.ShouldBe(409);
        reply["message"].ShouldContain("Operation cannot be fulfilled on ConfigMap \"one\": " + message);
        (await server.GetAsync(One)).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Delete_DryRun_KeepsIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        (await server.DeleteAsync(One + "?dryRun=All"))["status"].ShouldBe("Success");

        (await server.GetAsync(One)).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Delete_WithAFinalizer_WaitsForIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, """{"metadata":{"name":"one","finalizers":["example.com/hold"]}}""");

        var marked = await server.DeleteAsync(One);
        marked["kind"].ShouldBe("ConfigMap");
        marked["metadata.deletionTimestamp"].ShouldNotBeEmpty();
        (await server.GetAsync(One)).Code.ShouldBe(200);

        (await server.PatchAsync(One, """{"metadata":{"finalizers":null}}""")).Code.ShouldBe(200);
        (await server.GetAsync(One)).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Delete_PodOnANode_EndsGracefully()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Pods, Samples.Pod("p", node: "node-1"));

        var reply = await server.DeleteAsync(Samples.Pods + "/p");

        reply["kind"].ShouldBe("Pod");
        reply["metadata.deletionGracePeriodSeconds"].ShouldBe("30");
        await Eventually.Async(async () => (await server.GetAsync(Samples.Pods + "/p")).Code == 404, Cancelled);
    }

    [Fact]
    public async Task Delete_PodWithoutANode_OrByForce_GoesAtOnce()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Pods, Samples.Pod("pending"));
        await server.PostAsync(Samples.Pods, Samples.Pod("running", node: "node-1"));

        (await server.DeleteAsync(Samples.Pods + "/pending"))["kind"].ShouldBe("Pod");
        (await server.DeleteAsync(Samples.Pods + "/running", """{"gracePeriodSeconds":0}""")).Code.ShouldBe(200);

        (await server.GetAsync(Samples.Pods)).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_Namespace_TakesAllThatIsInIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/api/v1/namespaces", Samples.Named("end"));
        await server.PostAsync("/api/v1/namespaces/end/configmaps", Samples.Named("one"));
        await server.PostAsync("/apis/apps/v1/namespaces/end/deployments", Samples.Deployment("d"));

        var reply = await server.DeleteAsync("/api/v1/namespaces/end");

        reply["status.phase"].ShouldBe("Terminating");
        reply["metadata.deletionTimestamp"].ShouldNotBeEmpty();
        (await server.GetAsync("/api/v1/namespaces/end")).Code.ShouldBe(404);
        (await server.GetAsync("/api/v1/namespaces/end/configmaps")).Names.ShouldBeEmpty();
        (await server.GetAsync("/apis/apps/v1/deployments")).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_NamespaceWithSomethingHeld_StaysTerminatingUntilFinalized()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/api/v1/namespaces", Samples.Named("end"));
        await server.PostAsync("/api/v1/namespaces/end/configmaps", """{"metadata":{"name":"one","finalizers":["example.com/hold"]}}""");
        await server.DeleteAsync("/api/v1/namespaces/end");

        (await server.GetAsync("/api/v1/namespaces/end"))["status.phase"].ShouldBe("Terminating");
        var finalized = await server.PutAsync("/api/v1/namespaces/end/finalize", Samples.Named("end", ""","spec":{"finalizers":[]}"""));

        finalized.Code.ShouldBe(200);
        (await server.GetAsync("/api/v1/namespaces/end")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Delete_DefaultNamespace_IsForbidden()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.DeleteAsync("/api/v1/namespaces/default");

        reply.Code.ShouldBe(403);
        reply["message"].ShouldBe("namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    [Fact]
    public async Task DeleteCollection_DeletesWhatItSelectsAndShowsIt()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Labeled("one", "app", "web"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Labeled("two", "app", "db"));

        var reply = await server.DeleteAsync(Samples.ConfigMaps + "?labelSelector=app%3Dweb");

        reply["kind"].ShouldBe("ConfigMapList");
        reply.Names.ShouldBe(["one"]);
        (await server.GetAsync(Samples.ConfigMaps)).Names.ShouldBe(["two"]);
    }

    [Theory]
    [InlineData("/api/v1/configmaps")]
    [InlineData("/api/v1/namespaces")]
    public async Task DeleteCollection_OfEverything_IsNotAllowed(string path)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.DeleteAsync(path)).Code.ShouldBe(405);
    }

    [Fact]
    public async Task Delete_Owner_TakesItsDependentsAndTheirs()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var owner = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        var child = await server.PostAsync(Samples.ConfigMaps, Samples.Owned("child", owner["metadata.uid"]));
        await server.PostAsync(Samples.ConfigMaps, Samples.Owned("grandchild", child["metadata.uid"]));

        await server.DeleteAsync(One);

        (await server.GetAsync(Samples.ConfigMaps)).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_OwnerByOrphan_LeavesItsDependentsWithoutOne()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var owner = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Owned("child", owner["metadata.uid"]));

        await server.DeleteAsync(One, """{"propagationPolicy":"Orphan"}""");

        var left = await server.GetAsync(Samples.ConfigMaps);
        left.Names.ShouldBe(["child"]);
        left.Body.Maps("items").Single().At("metadata.ownerReferences").ShouldBeNull();
    }

    [Fact]
    public async Task Delete_OwnerInTheForeground_WaitsForThoseThatBlock()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var owner = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        var child = Samples.Owned("child", owner["metadata.uid"], blocks: true).Replace("\"ownerReferences\"", "\"finalizers\":[\"example.com/hold\"],\"ownerReferences\"", StringComparison.Ordinal);
        await server.PostAsync(Samples.ConfigMaps, child);

        var reply = await server.DeleteAsync(One, """{"propagationPolicy":"Foreground"}""");
        reply["metadata.finalizers"].ShouldBe("[\"foregroundDeletion\"]");
        (await server.GetAsync(Samples.ConfigMaps)).Names.ShouldBe(["child", "one"]);

        await server.PatchAsync(Samples.ConfigMaps + "/child", """{"metadata":{"finalizers":null}}""");
        (await server.GetAsync(Samples.ConfigMaps)).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_OneOfTwoOwners_LeavesTheDependentToTheOther()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var first = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        var second = await server.PostAsync(Samples.ConfigMaps, Samples.Named("two"));
        await server.PostAsync(Samples.ConfigMaps, $$$$"""{"metadata":{"name":"child","ownerReferences":[{"uid":"{{{{first["metadata.uid"]}}}}"},{"uid":"{{{{second["metadata.uid"]}}}}"}]}}""");

        await server.DeleteAsync(One);

        var child = await server.GetAsync(Samples.ConfigMaps + "/child");
        child.Body.Maps("metadata.ownerReferences").Select(owner => owner.Text("uid")).ShouldBe([second["metadata.uid"]]);
    }
}
