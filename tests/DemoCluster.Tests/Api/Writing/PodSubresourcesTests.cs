namespace KubeLens.DemoCluster.Tests.Api.Writing;

public sealed class PodSubresourcesTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Binding_GivesThePodItsNode_Once()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Pods, Samples.Pod("p"));
        const string Binding = """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"node-1"}}""";

        var reply = await server.PostAsync(Samples.Pods + "/p/binding", Binding);

        reply.Code.ShouldBe(201);
        reply["status"].ShouldBe("Success");
        (await server.GetAsync(Samples.Pods + "/p"))["spec.nodeName"].ShouldBe("node-1");
        (await server.PostAsync(Samples.Pods + "/p/binding", Binding)).Code.ShouldBe(409);
    }

    [Fact]
    public async Task Eviction_DeletesThePod()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Pods, Samples.Pod("p"));

        var reply = await server.PostAsync(Samples.Pods + "/p/eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""");

        reply.Text.TrimEnd().ShouldBe("""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}""");
        (await server.GetAsync(Samples.Pods + "/p")).Code.ShouldBe(404);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("exec?command=sh")]
    public async Task Streams_OfAPodThatIsNotThere_Are404(string subresource)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        var reply = await server.GetAsync(Samples.Pods + "/nope/" + subresource);

        reply.Code.ShouldBe(404);
        reply["message"].ShouldBe("pods \"nope\" not found");
    }

    [Fact]
    public async Task PortForward_IsNotServed()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.PostAsync(Samples.Pods + "/p/portforward", "")).Code.ShouldBe(501);
    }
}
