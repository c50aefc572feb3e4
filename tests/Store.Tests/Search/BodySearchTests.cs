using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Live;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Search;

/// <summary>What terms on bodies find, and how far a page looks for it. That they agree with the naive reading is told by the agreement tests.</summary>
public sealed class BodySearchTests(PostgresServer postgres)
{
    private const string Pod = """{"kind":"Pod","spec":{"nodeName":"Node-1","priority":10,"hostNetwork":true,"note":null,"containers":[{"name":"web","image":"nginx:1.27"},{"name":"side","args":["--level","DEBUG"]}],"a.b":{"c":""}}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("body:nginx", true)]
    [InlineData("body:NGINX", true)]
    [InlineData("body:\"--level\\\",\\\"debug\"", true)]
    [InlineData("body:\"two words\"", true)]
    [InlineData("body:nginx*side", true)]
    [InlineData("body:side*nginx", false)]
    [InlineData("body:\"nginx*side\"", false)]
    [InlineData("body:=nginx*side", false)]
    [InlineData("body:~ngin", true)]
    [InlineData("body:(apache,nginx)", true)]
    [InlineData("body:apache", false)]
    [InlineData("body.spec.nodeName:Node-1", true)]
    [InlineData("body.spec.nodeName:node-1", false)]
    [InlineData("body.spec.nodeName:~node-1", true)]
    [InlineData("body.spec.nodeName:Node-*", true)]
    [InlineData("body.spec.priority:10", true)]
    [InlineData("body.spec.priority:1", false)]
    [InlineData("body.spec.hostNetwork:true", true)]
    [InlineData("body.spec.note:*", false)]
    [InlineData("body.spec.containers:*", true)]
    [InlineData("body.spec.containers.image:nginx:1.27", true)]
    [InlineData("body.spec.containers.name:side", true)]
    [InlineData("body.spec.containers.args:DEBUG", true)]
    [InlineData("body.spec.\"a.b\":*", true)]
    [InlineData("body.spec.\"a.b\".c:*", false)]
    [InlineData("body.spec:~nginx", false)]
    [InlineData("body.message:\"two words\"", true)]
    public async Task Term_OnBodies_FindsWhatTheyHold(string query, bool isFound)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One() with { Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()), Time = SealedStore.HourAgo(3), RequestBody = Body(Pod), ResponseBody = Body("""{"message":"two words"}""") };
        await store.DeliverAsync([call, SampleCalls.One() with { Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()), Time = SealedStore.HourAgo(3), RequestBody = CallBody.None, ResponseBody = CallBody.None }], Cancel);

        string[] expected = isFound ? [SealedStore.IdOf(call)] : [];
        (await store.SearchAsync(query, Cancel)).Select(found => found.Id).ShouldBe(expected);

        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 2));
        (await store.SearchAsync(query, Cancel)).Select(found => found.Id).ShouldBe(expected);
        (await store.SearchAsync($"-{query}", Cancel)).Count.ShouldBe(isFound ? 1 : 2);
    }

    /// <summary>A page ends when it has looked into a MiB, and says so; all of them together find each call once, before and after sealing.</summary>
    [Fact]
    public async Task Pages_ThatLookIntoMuch_AreShortAndLoseNothing()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, [.. SealedStore.Settings, "--Sealing:GraceMinutes=0", "--Search:BodyMegabytes=1"]);
        var calls = Large(60);
        await DeliverEachAsync(store, calls);
        var expected = calls.Where((_, i) => i % 25 == 0).Select(SealedStore.IdOf).ToList();

        var (found, pages) = await WalkAsync(store, "body:needle");
        found.ShouldBe(expected);
        pages.Count(page => page.SearchedTo is not null && page.Items.Count < 4).ShouldBeGreaterThan(3);
        pages.Count(page => page is { Items.Count: 0, Next: not null }).ShouldBeGreaterThan(1);
        pages.Select(page => page.SearchedTo).OfType<DateTimeOffset>().ShouldBe(pages.Select(page => page.SearchedTo).OfType<DateTimeOffset>().OrderDescending());

        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(60);
        (await WalkAsync(store, "body:needle")).Found.ShouldBe(expected);
        (await WalkAsync(store, "-body:needle")).Found.Count.ShouldBe(60 - expected.Count);
    }

    /// <summary>What the rows decide needs no bodies.</summary>
    [Theory]
    [InlineData("name:big OR body:needle")]
    [InlineData("name:none body:needle")]
    [InlineData("-(name:big AND -body:needle) -name:big")]
    public async Task Page_OfWhatRowsDecide_LooksIntoNoBodies(string query)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Search:BodyMegabytes=1");
        await DeliverEachAsync(store, Large(20));

        var page = await store.PageAsync(query, "now-30d", "now+30d", 100, cursor: null, Cancel);

        (page.Next, page.SearchedTo).ShouldBe((null, null));
    }

    [Fact]
    public async Task Commands_WithTooManyBodies_AreRefused()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Search:BodyMegabytes=1");
        await DeliverEachAsync(store, Large(20));

        using var answer = await store.Auditor.GetAsync("/api/v1/commands?q=body:needle&from=now-30d&to=now%2B30d", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<QueryProblem>(Cancel))!.Messages.ShouldHaveSingleItem().Code.ShouldBe("Q220");
        (await store.Auditor.GetAsync("/api/v1/commands?q=name:none%20body:needle&from=now-30d&to=now%2B30d", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Each needs more than one connection, and there are fewer of them than counts.</summary>
    [Fact]
    public async Task Counts_OfBodiesAtOnce_DoNotWaitForEachOther()
    {
        await using var store = await TestStore.StartAsync($"{await postgres.CreateDatabaseAsync(Cancel)};Maximum Pool Size=6", null, Cancel);
        await store.WaitUntilReadyAsync(Cancel);
        await DeliverEachAsync(store, Large(26));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => store.Auditor.GetAsync("/api/v1/histogram?q=body:needle&from=now-1d&to=now", Cancel)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Feed_OfABody_HasItsCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var feed = await LiveClient.StartAsync(store, "q=body:needle", Cancel);
        var calls = Large(26);

        await DeliverEachAsync(store, calls);

        new[] { (await feed.CallAsync()).Id, (await feed.CallAsync()).Id }.Order().ShouldBe(new[] { SealedStore.IdOf(calls[0]), SealedStore.IdOf(calls[25]) }.Order());
    }

    private static CallBody Body(string text) => new(Encoding.UTF8.GetBytes(text), CallBodyNote.Whole, 0);

    // 100 KB each, a batch each, newest first; every 25th has the needle.
    private static List<CallRecord> Large(int count) => [.. Enumerable.Range(0, count).Select(i => SampleCalls.One(name: "big") with
    {
        Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()),
        Time = SealedStore.HourAgo(3).AddSeconds(-i),
        Program = new CallProgram { Command = "kubectl get", Session = "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071" },
        ResponseBody = Body(string.Concat(Enumerable.Range(0, 20_000).Select(n => (n * (i + 7)).ToString("x5", CultureInfo.InvariantCulture))) + (i % 25 == 0 ? "Needle" : "")),
    })];

    private static async Task DeliverEachAsync(TestStore store, IEnumerable<CallRecord> calls)
    {
        foreach (var call in calls)
        {
            await store.DeliverAsync([call], Cancel);
        }
    }

    private static async Task<(List<string> Found, List<CallPage> Pages)> WalkAsync(TestStore store, string query)
    {
        var pages = new List<CallPage>();
        do
        {
            pages.Add(await store.PageAsync(query, "now-30d", "now+30d", 4, pages.LastOrDefault()?.Next, Cancel));
        }
        while (pages[^1].Next is not null);

        return ([.. pages.SelectMany(page => page.Items).Select(item => item.Id)], pages);
    }
}
