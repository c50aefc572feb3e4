using KubeLens.DemoCluster.Objects;
using KubeLens.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KubeLens.DemoCluster.Tests.Api.Watching;

public sealed class WatchTests
{
    private const string Watch = Samples.ConfigMaps + "?watch=true";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Watch)]
    [InlineData(Watch + "&resourceVersion=0")]
    [InlineData("/api/v1/watch/namespaces/default/configmaps")]
    public async Task Watch_WithoutAVersion_BeginsWithWhatIsThere(string path)
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        using var watch = await Watcher.StartAsync(server, path);
        (await watch.NextTextAsync()).ShouldBe("ADDED one");

        await server.PostAsync(Samples.ConfigMaps, Samples.Named("two"));
        await server.PatchAsync(Samples.ConfigMaps + "/two", """{"data":{"a":"b"}}""");
        await server.DeleteAsync(Samples.ConfigMaps + "/two");
        (await watch.NextTextAsync()).ShouldBe("ADDED two");
        (await watch.NextTextAsync()).ShouldBe("MODIFIED two");
        (await watch.NextTextAsync()).ShouldBe("DELETED two");
    }

    [Fact]
    public async Task Watch_FromAListsVersion_TellsWhatCameSince()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        var list = await server.GetAsync(Samples.ConfigMaps);
        var deleted = await server.DeleteAsync(Samples.ConfigMaps + "/one");
        await server.PostAsync(Samples.Pods, Samples.Pod("elsewhere"));

        using var watch = await Watcher.StartAsync(server, $"{Watch}&resourceVersion={list["metadata.resourceVersion"]}");

        var gone = (await watch.NextAsync()).ShouldNotBeNull();
        gone.Text("type").ShouldBe("DELETED");
        gone.Text("object.kind").ShouldBe("ConfigMap");
        gone.Text("object.metadata.uid").ShouldBe(deleted["details.uid"]);
        long.Parse(gone.Text("object.metadata.resourceVersion")).ShouldBeGreaterThan(long.Parse(list["metadata.resourceVersion"]));
    }

    [Fact]
    public async Task Watch_WithASelector_SeesObjectsComeAndGo()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        using var watch = await Watcher.StartAsync(server, Watch + "&labelSelector=app%3Dweb");
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        await server.PatchAsync(Samples.ConfigMaps + "/one", """{"metadata":{"labels":{"app":"web"}}}""");
        await server.PatchAsync(Samples.ConfigMaps + "/one", """{"metadata":{"labels":{"app":"db"}}}""");

        (await watch.NextTextAsync()).ShouldBe("ADDED one");
        var gone = (await watch.NextAsync()).ShouldNotBeNull();
        gone.Text("type").ShouldBe("DELETED");
        gone.Text("object.metadata.labels.app").ShouldBe("web");
    }

    [Fact]
    public async Task Watch_FromTooOldAVersion_IsTold410()
    {
        await using var server = await ApiServer.StartAsync(Cancelled, windowSize: 3);
        for (var i = 0; i < 5; i++)
        {
            await server.PostAsync(Samples.ConfigMaps, Samples.Named($"c{i}"));
        }

        using var watch = await Watcher.StartAsync(server, Watch + "&resourceVersion=2");

        watch.Code.ShouldBe(200);
        var error = (await watch.NextAsync()).ShouldNotBeNull();
        error.Text("type").ShouldBe("ERROR");
        error.Number("object.code").ShouldBe(410);
        error.Text("object.reason").ShouldBe("Expired");
        error.Text("object.message").ShouldStartWith("too old resource version: 2 (");
        (await watch.NextTextAsync()).ShouldBe("end");
    }

    [Fact]
    public async Task Watch_Bookmarks_ComeEveryMinuteAndAtTheEnd()
    {
        var time = new FakeTimeProvider();
        await using var server = await ApiServer.StartAsync(Cancelled, time);
        using var watch = await Watcher.StartAsync(server, Watch + "&allowWatchBookmarks=true&timeoutSeconds=90");
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        (await watch.NextTextAsync()).ShouldBe("ADDED one");

        time.Advance(TimeSpan.FromSeconds(61));
        var bookmark = (await watch.NextAsync()).ShouldNotBeNull();
        time.Advance(TimeSpan.FromSeconds(31));

        bookmark.Text("type").ShouldBe("BOOKMARK");
        bookmark.Text("object.kind").ShouldBe("ConfigMap");
        bookmark.Text("object.metadata.resourceVersion").ShouldNotBeEmpty();
        (await watch.NextTextAsync()).ShouldBe("BOOKMARK");
        (await watch.NextTextAsync()).ShouldBe("end");
    }

    [Fact]
    public async Task Watch_SendInitialEvents_MarksTheirEnd()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));

        using var watch = await Watcher.StartAsync(server, Watch + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        (await watch.NextTextAsync()).ShouldBe("ADDED one");
        var end = (await watch.NextAsync()).ShouldNotBeNull();
        end.Text("type").ShouldBe("BOOKMARK");
        end.Map("object.metadata.annotations").ShouldNotBeNull()["k8s.io/initial-events-end"]!.GetValue<string>().ShouldBe("true");
    }

    [Fact]
    public async Task Watch_SendInitialEventsWithoutItsMatch_IsInvalid()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);

        (await server.GetAsync(Watch + "&sendInitialEvents=true")).Code.ShouldBe(422);
    }

    [Fact]
    public async Task Watch_AsTable_SendsColumnsOnce()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("one"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("two"));

        using var watch = await Watcher.StartAsync(server, Watch, "application/json;as=Table;v=v1;g=meta.k8s.io");
        var first = (await watch.NextAsync()).ShouldNotBeNull();
        var second = (await watch.NextAsync()).ShouldNotBeNull();

        first.Text("object.kind").ShouldBe("Table");
        first.Items("object.columnDefinitions").Count().ShouldBe(3);
        second.At("object.columnDefinitions").ShouldBeNull();
        second.Maps("object.rows").Single().Items("cells").First().Text().ShouldBe("two");
    }

    [Fact]
    public async Task Watch_ServerStops_Ends()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        using var watch = await Watcher.StartAsync(server, Watch);

        var stopping = server.StopAsync();

        (await watch.NextTextAsync()).ShouldBe("end");
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }

    [Fact]
    public async Task Watch_ClientLeaves_Ends()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        using (await Watcher.StartAsync(server, Watch))
        {
            server.Running.Count.ShouldBe(1);
        }

        await Eventually.Async(() => server.Running.Count == 0, Cancelled);
    }

    [Fact]
    public async Task Watch_OneNamespace_IsToldNothingOfOthers()
    {
        await using var server = await ApiServer.StartAsync(Cancelled);
        await server.PostAsync("/api/v1/namespaces", Samples.Named("other"));
        using var watch = await Watcher.StartAsync(server, Watch);

        await server.PostAsync("/api/v1/namespaces/other/configmaps", Samples.Named("there"));
        await server.PostAsync(Samples.ConfigMaps, Samples.Named("here"));

        (await watch.NextTextAsync()).ShouldBe("ADDED here");
    }
}
