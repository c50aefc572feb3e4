namespace KubeLens.DemoCluster.Tests.Api.Writing;

public sealed class UpdateTests
{
    private const string One = Samples.ConfigMaps + "/one";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Update_WithAnOldVersion_IsConflict()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        await server.PutAsync(One, Samples.Named("one", ""","data":{"a":"b"}"""));

        var reply = await server.PutAsync(One, $$$$"""{"metadata":{"name":"one","resourceVersion":"{{{{created["metadata.resourceVersion"]}}}}"}}""");

        reply.Code.ShouldBe(409);
        reply["reason"].ShouldBe("Conflict");
        reply["message"].ShouldBe("Operation cannot be fulfilled on configmaps \"one\": the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task Update_KeepsWhatTheServerOwns()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.PutAsync(One, """{"metadata":{"name":"one","creationTimestamp":"2001-01-01T00:00:00Z"},"data":{"a":"b"}}""");

        reply.Code.ShouldBe(200);
        reply["metadata.uid"].ShouldBe(created["metadata.uid"]);
        reply["metadata.creationTimestamp"].ShouldBe(created["metadata.creationTimestamp"]);
        reply["metadata.resourceVersion"].ShouldNotBe(created["metadata.resourceVersion"]);
    }

    [Fact]
    public async Task Update_ThatChangesNothing_MakesNoVersion()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        var created = await server.PostAsync(Samples.ConfigMaps, Samples.Named("one", ""","data":{"a":"b"}"""));

        var reply = await server.PutAsync(One, created.Text);

        reply["metadata.resourceVersion"].ShouldBe(created["metadata.resourceVersion"]);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"two"}}""", 400, "the name of the object (two) does not match the name on the URL (one)")]
    [InlineData("""{"metadata":{}}""", 400, "the name of the object (one based on URL) was undeterminable: name must be provided")]
    public async Task Update_OfAnotherName_SaysWhy(string body, int code, string message)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.PutAsync(One, body);

        reply.Code.ShouldBe(code);
        reply["message"].ShouldBe(message);
    }

    [Fact]
    public async Task Update_WhatIsNotThere_Is404()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PutAsync(One, Samples.Named("one"));

        reply.Code.ShouldBe(404);
        reply["message"].ShouldBe("configmaps \"one\" not found");
    }

    [Theory]
    [InlineData("/apis/coordination.k8s.io/v1/namespaces/default/leases/one")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles/one")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/clusterroles/one")]
    [InlineData("/api/v1/namespaces/default/endpoints/one")]
    public async Task Update_WhatIsNotThere_OfSomeKindsCreates(string path)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.PutAsync(path, Samples.Named("one"))).Code.ShouldBe(201);
        (await server.PutAsync(path, Samples.Named("one", ""","x":1"""))).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Update_OfAnotherUid_IsConflict()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.PutAsync(One, """{"metadata":{"name":"one","uid":"other"}}""");

        reply.Code.ShouldBe(409);
        reply["message"].ShouldContain("Precondition failed: UID in precondition: other");
    }

    [Fact]
    public async Task Update_DryRun_ChangesNothing()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.PutAsync(One + "?dryRun=All", Samples.Named("one", ""","data":{"a":"b"}"""));

        reply["data.a"].ShouldBe("b");
        (await server.GetAsync(One))["data"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_Deployment_RaisesTheGenerationWithItsSpecOnly()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Path = Samples.Deployments + "/d";
        (await server.PostAsync(Samples.Deployments, Samples.Deployment("d")))["metadata.generation"].ShouldBe("1");

        (await server.PatchAsync(Path, """{"metadata":{"labels":{"a":"b"}}}"""))["metadata.generation"].ShouldBe("1");
        (await server.PatchAsync(Path + "/status", """{"status":{"replicas":1}}"""))["metadata.generation"].ShouldBe("1");
        (await server.PatchAsync(Path, """{"spec":{"replicas":3}}"""))["metadata.generation"].ShouldBe("2");
    }

    [Fact]
    public async Task Status_AndMain_TouchOnlyTheirParts()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Path = Samples.Deployments + "/d";
        await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));

        var status = await server.PatchAsync(Path + "/status", """{"spec":{"replicas":9},"status":{"readyReplicas":1}}""");
        var main = await server.PatchAsync(Path, """{"spec":{"replicas":2},"status":{"readyReplicas":7}}""");

        status["spec.replicas"].ShouldBe("1");
        status["status.readyReplicas"].ShouldBe("1");
        main["spec.replicas"].ShouldBe("2");
        main["status.readyReplicas"].ShouldBe("1");
    }
}
