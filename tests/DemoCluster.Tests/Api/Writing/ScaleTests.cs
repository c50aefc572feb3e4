namespace KubeLens.DemoCluster.Tests.Api.Writing;

public sealed class ScaleTests
{
    private const string Path = Samples.Deployments + "/d/scale";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ShowsReplicasAndSelector()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));

        var reply = await server.GetAsync(Path);

        reply["kind"].ShouldBe("Scale");
        reply["apiVersion"].ShouldBe("autoscaling/v1");
        reply["spec.replicas"].ShouldBe("1");
        reply["status.selector"].ShouldBe("app=web");
    }

    [Fact]
    public async Task PutAndPatch_ScaleTheDeployment()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));

        (await server.PutAsync(Path, Samples.Named("d", ""","spec":{"replicas":4}""")))["spec.replicas"].ShouldBe("4");
        (await server.GetAsync(Samples.Deployments + "/d"))["spec.replicas"].ShouldBe("4");
        (await server.PatchAsync(Path, """{"spec":{"replicas":2}}""")).Code.ShouldBe(200);

        var scaled = await server.GetAsync(Samples.Deployments + "/d");
        scaled["spec.replicas"].ShouldBe("2");
        scaled["metadata.generation"].ShouldBe("3");
    }

    [Fact]
    public async Task Put_NegativeReplicas_IsInvalid()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.Deployments, Samples.Deployment("d"));

        var reply = await server.PutAsync(Path, Samples.Named("d", ""","spec":{"replicas":-1}"""));

        reply.Code.ShouldBe(422);
        reply["message"].ShouldBe("Scale.autoscaling \"d\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    }
}
