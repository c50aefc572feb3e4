using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Patching;

namespace KubeLens.DemoCluster.Tests.Patching;

public sealed class ManagedFieldsTests
{
    private const string Created = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","labels":{"a":"1"}},"data":{"k":"v"}}""";

    [Fact]
    public void Track_Create_OwnsEverythingThatWasSent()
    {
        var created = Track(null, Created, "curl");

        created["metadata"]!["managedFields"].ShouldBeJson(
            """
            [{
              "manager": "curl", "operation": "Update", "apiVersion": "v1", "time": "2026-03-01T12:00:00Z", "fieldsType": "FieldsV1",
              "fieldsV1": {"f:data": {".": {}, "f:k": {}}, "f:metadata": {"f:labels": {".": {}, "f:a": {}}}}
            }]
            """);
    }

    [Fact]
    public void Track_AnotherChangesAndRemoves_OwnsTheChangeAndNobodyTheRest()
    {
        var created = Track(null, Created, "curl");

        var updated = Track(created, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"k":"w","n":"1"}}""", "kubectl");

        Fields(updated, "curl").ShouldBeJson("""{"f:data":{}}""");
        Fields(updated, "kubectl").ShouldBeJson("""{"f:data":{"f:k":{},"f:n":{}}}""");
    }

    [Fact]
    public void Track_NoChange_KeepsTheEntries()
    {
        var created = Track(null, Created, "curl");

        Track(created, Created, "kubectl")["metadata"]!["managedFields"].ShouldBeJson(created["metadata"]!["managedFields"]!.ToJsonString());
    }

    [Fact]
    public void Track_EmptyManagedFieldsSent_StartsAnew()
    {
        var created = Track(null, Created, "curl");
        var sent = Patches.Object(Created);
        sent["metadata"]!["managedFields"] = new JsonArray();
        sent["data"]!["k"] = "w";

        ManagedFields.Track(created, sent, "kubectl", "Update", "", ResourceKinds.Named("ConfigMap"), Patches.Now);

        sent["metadata"]!["managedFields"]!.AsArray().Count.ShouldBe(1);
        Fields(sent, "kubectl").ShouldBeJson("""{"f:data":{"f:k":{}}}""");
    }

    [Fact]
    public void Track_Subresource_HasItsOwnEntry()
    {
        var created = Track(null, """{"kind":"Pod","metadata":{"name":"x"},"spec":{"hostname":"h"}}""", "kubelet", "Pod");
        var after = Patches.Object("""{"kind":"Pod","metadata":{"name":"x"},"spec":{"hostname":"h"},"status":{"phase":"Running"}}""");

        ManagedFields.Track(created, after, "kubelet", "Update", "status", ResourceKinds.Named("Pod"), Patches.Now);

        after["metadata"]!["managedFields"]!.AsArray().Select(entry => entry!["subresource"]?.GetValue<string>()).ShouldBe([null, "status"], ignoreOrder: true);
    }

    [Fact]
    public void Track_ManyUpdaters_ArePutTogether()
    {
        var current = Track(null, Created, "m0");
        for (var i = 1; i < 30; i++)
        {
            var after = current.DeepClone().AsObject();
            after["data"]![$"k{i}"] = "v";
            ManagedFields.Track(current, after, $"m{i}", "Update", "", ResourceKinds.Named("ConfigMap"), Patches.Now.AddMinutes(i));
            current = after;
        }

        current["metadata"]!["managedFields"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(10);
        Fields(current, "ancient-changes")!["f:data"]!.AsObject().ContainsKey("f:k").ShouldBeTrue();
        Fields(current, "m29").ShouldBeJson("""{"f:data":{"f:k29":{}}}""");
    }

    [Theory]
    [InlineData("me", "kubectl/v1.32", "me")]
    [InlineData("", "kubectl/v1.32.0 (linux/amd64)", "kubectl")]
    [InlineData("", "", "unknown")]
    public void ManagerOf_Request_TakesTheNamedOrTheAgent(string fieldManager, string userAgent, string manager)
        => ManagedFields.ManagerOf(fieldManager, userAgent).ShouldBe(manager);

    private static JsonObject Track(JsonObject? before, string after, string manager, string kind = "ConfigMap")
    {
        var value = Patches.Object(after);
        ManagedFields.Track(before, value, manager, "Update", "", ResourceKinds.Named(kind), Patches.Now);
        return value;
    }

    private static JsonNode? Fields(JsonObject value, string manager)
        => value["metadata"]!["managedFields"]!.AsArray().Single(entry => entry!["manager"]!.GetValue<string>() == manager)!["fieldsV1"];
}
