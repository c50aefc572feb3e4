namespace KubeLens.DemoCluster.Tests.Api.Writing;

public sealed class PatchTests
{
    private const string One = Samples.ConfigMaps + "/one";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Patch_ManyAtOnce_AllHold()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => server.PatchAsync(One, $$$$"""{"data":{"k{{{{i}}}}":"v"}}""")));

        replies.ShouldAllBe(reply => reply.Code == 200);
        (await server.GetAsync(One)).Body["data"]!.AsObject().Count.ShouldBe(6);
    }

    [Fact]
    public async Task Patch_ThatNamesAnOldVersion_IsConflict()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        var reply = await server.PatchAsync(One, """{"metadata":{"resourceVersion":"1"}}""");

        reply.Code.ShouldBe(409);
    }

    [Fact]
    public async Task Patch_Apply_CreatesWhatIsNotThere()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        const string Body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"a":"b"}}""";

        var created = await server.PatchAsync(One + "?fieldManager=me", Body, "application/apply-patch+yaml");
        var applied = await server.PatchAsync(One + "?fieldManager=me", Body, "application/apply-patch+yaml");

        created.Code.ShouldBe(201);
        applied.Code.ShouldBe(200);
        applied["data.a"].ShouldBe("b");
    }

    [Theory]
    [InlineData("", "application/apply-patch+yaml", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")]
    [InlineData("?force=true", "application/merge-patch+json", "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch")]
    public async Task Patch_OptionsThatDoNotFit_AreInvalid(string query, string type, string message)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.PatchAsync(One + query, "{}", type);

        reply.Code.ShouldBe(422);
        reply["message"].ShouldBe(message);
    }

    [Fact]
    public async Task Patch_WhatIsNotThere_Is404()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.PatchAsync(One, "{}")).Code.ShouldBe(404);
    }
}
