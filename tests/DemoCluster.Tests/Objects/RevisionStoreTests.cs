using System.Text.Json.Nodes;
using KubeLens.DemoCluster.Kinds;
using KubeLens.DemoCluster.Objects;

namespace KubeLens.DemoCluster.Tests.Objects;

public sealed class RevisionStoreTests
{
    private static readonly ResourceKind ConfigMaps = ResourceKinds.Named("ConfigMap");

    [Fact]
    public void TryPut_OverAnOlderOne_IsRefused()
    {
        var store = new RevisionStore();
        store.TryPut(ConfigMaps, null, Value("a"), out var first).ShouldBeTrue();
        store.TryPut(ConfigMaps, first, Value("a"), out var second).ShouldBeTrue();

        store.TryPut(ConfigMaps, first, Value("a"), out _).ShouldBeFalse();
        store.TryPut(ConfigMaps, null, Value("a"), out _).ShouldBeFalse();
        store.TryRemove(first!).ShouldBeNull();
        second!.Version.ShouldBe(first!.Version + 1);
    }

    [Fact]
    public void TrySnapshotAt_InsideTheWindow_IsThePast()
    {
        var store = new RevisionStore();
        store.TryPut(ConfigMaps, null, Value("a"), out var a);
        store.TryPut(ConfigMaps, null, Value("b"), out var b);
        store.TryRemove(a!);
        store.TryPut(ConfigMaps, b, Value("b"), out _);

        store.TrySnapshotAt(ConfigMaps, b!.Version, out var then).ShouldBeTrue();

        then.Objects.Keys.ShouldBe(["b", "a"], ignoreOrder: true);
        then.Objects["b"].ShouldBeSameAs(b);
        then.Version.ShouldBe(b.Version);
    }

    [Fact]
    public void TryRead_BehindTheWindow_IsFalse()
    {
        var store = new RevisionStore(windowSize: 2);
        for (var i = 0; i < 4; i++)
        {
            store.TryPut(ConfigMaps, null, Value($"c{i}"), out _);
        }

        var (early, late) = (2L, 3L);

        store.TryRead(ConfigMaps, ref early, out _, out _).ShouldBeFalse();
        store.TryRead(ConfigMaps, ref late, out var changes, out _).ShouldBeTrue();
        changes.Select(change => change.Version).ShouldBe([4, 5]);
        late.ShouldBe(5);
        store.TrySnapshotAt(ConfigMaps, 2, out _).ShouldBeFalse();
    }

    [Fact]
    public void LastChange_IsOfTheKindAlone()
    {
        var store = new RevisionStore();
        store.LastChange(ConfigMaps).ShouldBe(0);
        store.TryPut(ConfigMaps, null, Value("a"), out var a);
        store.TryPut(ResourceKinds.Named("Secret"), null, Value("s"), out _);

        store.LastChange(ConfigMaps).ShouldBe(a!.Version);
        store.TryRemove(a);
        store.LastChange(ConfigMaps).ShouldBe(a.Version + 2);
    }

    [Fact]
    public async Task TryRead_Nothing_WaitsForTheNextChangeOfTheResource()
    {
        var store = new RevisionStore();
        var position = 1L;
        store.TryRead(ConfigMaps, ref position, out var none, out var next).ShouldBeTrue();
        none.ShouldBeEmpty();

        store.TryPut(ResourceKinds.Named("Secret"), null, Value("s"), out _);
        next.IsCompleted.ShouldBeFalse();
        store.TryPut(ConfigMaps, null, Value("a"), out _);
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        store.TryRead(ConfigMaps, ref position, out var changes, out _);
        changes.Single().Last.Name.ShouldBe("a");
    }

    [Fact]
    public async Task TryPut_FromManyThreads_GivesEachItsVersion()
    {
        var store = new RevisionStore();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    store.TryPut(ConfigMaps, null, Value($"t{thread}-{i}"), out _).ShouldBeTrue();
                }
            },
            TestContext.Current.CancellationToken)));

        store.Snapshot(ConfigMaps).Objects.Values.Select(stored => stored.Version).Distinct().Count().ShouldBe(800);
    }

    private static JsonObject Value(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };
}
