using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api.Tables;

namespace KubeLens.DemoCluster.Tests.Api.Tables;

public sealed class PodStatusTextTests
{
    [Theory]
    [InlineData("""{"status":{"phase":"Pending"}}""", "Pending")]
    [InlineData("""{"status":{"phase":"Failed","reason":"Evicted"}}""", "Evicted")]
    [InlineData("""{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"},"status":{"phase":"Running"}}""", "Terminating")]
    [InlineData("""{"status":{"phase":"Running","containerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}""", "CrashLoopBackOff")]
    [InlineData("""{"status":{"phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":3}}}]}}""", "ExitCode:3")]
    [InlineData("""{"status":{"phase":"Succeeded","containerStatuses":[{"state":{"terminated":{"reason":"Completed","exitCode":0}}}]}}""", "Completed")]
    [InlineData("""{"spec":{"initContainers":[{},{}]},"status":{"phase":"Pending","initContainerStatuses":[{"state":{"terminated":{"exitCode":0}}},{"state":{"running":{}}}]}}""", "Init:1/2")]
    [InlineData("""{"status":{"phase":"Pending","initContainerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff"}}}]}}""", "Init:ImagePullBackOff")]
    [InlineData("""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"state":{"terminated":{"reason":"Completed"}}},{"ready":true,"state":{"running":{}}}]}}""", "Running")]
    public void Of_Pod_IsOneWord(string pod, string text) => PodStatusText.Of((JsonObject)JsonNode.Parse(pod)!).ShouldBe(text);
}
