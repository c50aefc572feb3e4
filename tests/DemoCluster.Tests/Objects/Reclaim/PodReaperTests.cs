using KubeLens.DemoCluster.Tests.Api;
using KubeLens.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Objects.Reclaim;

public sealed class PodReaperTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Namespace_WithARunningPod_WaitsForItsEnd()
    {
        var time = new FakeTimeProvider();
        await using var server = await ApiServer.StartAsync(Cancelled, time);
        await server.PostAsync("/api/v1/namespaces", Samples.Named("end"));
        await server.PostAsync("/api/v1/namespaces/end/pods", Samples.Pod("p", node: "node-1"));

        await server.DeleteAsync("/api/v1/namespaces/end");
        (await server.GetAsync("/api/v1/namespaces/end"))["status.phase"].ShouldBe("Terminating");
        (await server.GetAsync("/api/v1/namespaces/end/pods/p"))["metadata.deletionTimestamp"].ShouldNotBeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.Async(async () => (await server.GetAsync("/api/v1/namespaces/end")).Code == 404, Cancelled);
    }
}
