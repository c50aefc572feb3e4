using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Api;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Kinds.Rules;
using KubeLens.DemoCluster.Objects;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Objects;

public sealed class ObjectStoreTests
{
    private static readonly ResourceKind Nodes = ResourceKinds.Named("Node");
    private static readonly ResourceKind ConfigMaps = ResourceKinds.Named("ConfigMap");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void Create_TakesItsTimeFromTheClock()
    {
        Store().Create(Nodes, Value("node-1")).Text("metadata.creationTimestamp").ShouldBe("2026-01-02T03:04:05Z");
    }

    [Fact]
    public void Find_GivesACopyOfTheCallersOwn()
    {
        var store = Store();
        store.Create(Nodes, Value("node-1"));

        store.Find(Nodes, "", "node-1")!["spec"] = "changed";

        store.Find(Nodes, "", "node-1")!["spec"].ShouldBeNull();
    }

    [Fact]
    public void Create_WithoutItsNamespace_Throws() =>
        Should.Throw<ApiException>(() => Store().Create(ConfigMaps, Value("one"))).Code.ShouldBe(404);

    [Fact]
    public void Update_WithAnOldVersion_Throws()
    {
        var store = Store();
        var first = store.Create(Nodes, Value("node-1"));
        var changed = (JsonObject)first.DeepClone();
        changed["spec"] = new JsonObject { ["unschedulable"] = true };
        store.Update(Nodes, changed);

        Should.Throw<ApiException>(() => store.Update(Nodes, first)).Reason.ShouldBe("Conflict");
    }

    [Fact]
    public void Delete_WithAnotherUid_Throws()
    {
        var store = Store();
        store.Create(Nodes, Value("node-1"));

        Should.Throw<ApiException>(() => store.Delete(Nodes, "", "node-1", uid: "other")).Code.ShouldBe(409);
        store.Delete(Nodes, "", "node-1");
        store.List(Nodes, "").Items.ShouldBeEmpty();
    }

    private ObjectStore Store()
    {
        var revisions = new RevisionStore();
        return new ObjectStore(revisions, new KindRules(new ServiceAddresses(revisions)), _time);
    }

    private static JsonObject Value(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };
}
