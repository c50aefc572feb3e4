using System.Text;
using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching;

/// <summary>Short ways to patch in tests.</summary>
internal static class Patches
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    public static JsonObject Apply(string mediaType, string patch, JsonObject? current, string kind = "Deployment", string manager = "tester", bool force = false, DateTimeOffset? now = null)
        => ObjectPatch.Apply(mediaType, Encoding.UTF8.GetBytes(patch), current, ResourceKinds.Named(kind), manager, force, now ?? Now);

    public static ApiException Refused(string mediaType, string patch, JsonObject? current, string kind = "Deployment", string manager = "tester", bool force = false)
        => Should.Throw<ApiException>(() => Apply(mediaType, patch, current, kind, manager, force));

    public static void ShouldBeJson(this JsonNode? actual, string expected)
        => JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue($"is {actual?.ToJsonString() ?? "null"}, should be {expected}");
}
