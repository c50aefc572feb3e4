using System.Net;
using System.Net.Http.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.AccessReview;

public sealed class AccessReviewApiTests(PostgresServer postgres)
{
    private const string Robot = "system:serviceaccount:shop:robot";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Each in its turn, n times as often as the one before.
    private static List<CallRecord> Calls(string user, params Func<CallRecord, CallRecord>[] kinds) =>
        ReviewedStore.Batch(kinds.Length * (kinds.Length + 1) / 2, 4, (call, i) => kinds[KindOf(i)](call with { User = user }));

    private static int KindOf(int ordinal)
    {
        var kind = 0;
        for (var left = ordinal; left > kind; kind++)
        {
            left -= kind + 1;
        }

        return kind;
    }

    /// <param name="isSealed">Rows and counts say the same.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Uses_AreThoseOfTheCalls_AndTheirQueriesFindThem(bool isSealed)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(
            Calls(
                Robot,
                call => call.About("get", "configmaps", "settings"),
                call => call.About("list", "pods", ""),
                call => call.About("list", "pods", "", space: ""),
                call => call.About("get", "pods", "web-0", sub: "log"),
                call => call.About("patch", "deployments", "web", group: "apps", status: 201),
                call => call.About("get", "pods", "web-0", sub: "exec", status: 101),
                call => call.About("get", "nodes", "worker-1", space: ""),
                call => call.AboutPath("/healthz"),
                call => call.AboutPath("/apis/apps/v1"),
                call => call.About("delete", "secrets", "root", status: 403),
                call => call.About("update", "jobs", "nightly", group: "batch", status: 503),
                call => call.About("get", "secrets", "/odd")),
            Cancel);
        await store.DeliverAsync(Calls("alice", call => call.About("get", "services", "web")), Cancel);
        if (isSealed)
        {
            await store.SealAsync(Cancel);
        }

        var review = await store.ReviewAsync(Robot, Cancel);

        review.Lines().ShouldBe(
        [
            "::nodes/ get 7-0-0 worker-1",
            "::pods/ list 3-0-0 ",
            "shop::configmaps/ get 1-0-0 settings",
            "shop::pods/ list 2-0-0 ",
            "shop::pods/exec create 6-0-0 ",
            "shop::pods/exec get 6-0-0 web-0",
            "shop::pods/log get 4-0-0 web-0",
            "shop::secrets/ delete 0-10-0 root",
            "shop::secrets/ get 12-0-0 /odd",
            "shop:apps:deployments/ create 5-0-0 ",
            "shop:apps:deployments/ patch 5-0-0 web",
            "shop:batch:jobs/ update 0-0-11 nightly",
            "::/ get 17-0-0 /apis/apps/v1,/healthz",
        ]);
        review.Uses.Where(use => !use.IsGranted).Select(use => use.Resource).ShouldBe(["secrets", "jobs"]);
        review.Uses.Where(use => use.Query.Length == 0).Select(use => use.Verb).ShouldBe(["create", "create"]);
        foreach (var use in review.Uses.Where(use => use.Query.Length > 0))
        {
            (await store.SearchAsync(use.Query, Cancel)).Count.ShouldBe((int)(use.Calls + use.Denied + use.Undecided), use.Query);
        }

        review.Notes.Count.ShouldBe(4);
        review.Yaml.ShouldContain("on 1 of 4 days.");
        review.Yaml.ShouldNotContain("root");
        (await store.ReviewAsync(Robot, Cancel, "&denied=true")).Yaml.ShouldContain("resourceNames: [\"root\"]");
    }

    [Fact]
    public async Task WhoActsAsSomebody_NeedsToImpersonate_AndTheOtherTheRest()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(
            Calls(
                "alice",
                call => call.About("get", "pods", "web-0") with { ImpersonatedUser = "bob" },
                call => call.About("get", "pods", "web-0") with { ImpersonatedUser = Robot },
                call => call.About("list", "pods", "")),
            Cancel);
        await store.SealAsync(Cancel);

        var alice = await store.ReviewAsync("alice", Cancel);
        alice.Lines().ShouldBe(["::users/ impersonate 1-0-0 bob", "shop::pods/ list 3-0-0 ", "shop::serviceaccounts/ impersonate 2-0-0 robot"]);
        (await store.SearchAsync(alice.Uses[1].Query, Cancel)).Count.ShouldBe(3);
        var bob = await store.ReviewAsync("bob", Cancel);
        bob.Lines().ShouldBe(["shop::pods/ get 1-0-0 web-0"]);
        (await store.SearchAsync(bob.Uses[0].Query, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Names_MoreThanAreKept_AreNotInRules()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel, grace: 60);
        await store.DeliverAsync(ReviewedStore.Batch(64, 4, (call, i) => call.About("get", "pods", $"web-{i}")), Cancel);
        await store.SealAsync(Cancel);
        var whole = await store.ReviewAsync("alice", Cancel);
        whole.Uses[0].ShouldSatisfyAllConditions(use => use.Names.Count.ShouldBe(64), use => use.HasMoreNames.ShouldBeFalse());
        whole.Yaml.ShouldContain("resourceNames");

        // One more, in rows and when it is sealed.
        await store.DeliverAsync(ReviewedStore.Batch(1, 4, (call, _) => call.About("get", "pods", "web-more")), Cancel);
        await IsMoreAsync();
        await store.AgeAsync(Cancel);
        await store.SealAsync(Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Overflow.ShouldBe(0);
        await IsMoreAsync();

        async Task IsMoreAsync()
        {
            var review = await store.ReviewAsync("alice", Cancel);
            review.Uses[0].ShouldSatisfyAllConditions(use => use.Calls.ShouldBe(65), use => use.HasMoreNames.ShouldBeTrue());
            review.Yaml.ShouldNotContain("resourceNames");
            review.Notes.ShouldContain("\"get pods in shop\" is not limited to names: there were more than are kept.");
        }
    }

    [Fact]
    public async Task Clusters_AreToldApart()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Calls("alice", call => call.About("get", "pods", "a") with { Cluster = "east" }, call => call.About("get", "pods", "b") with { Cluster = "west" }), Cancel);

        var both = await store.ReviewAsync("alice", Cancel);
        both.Clusters.ShouldBe(["east", "west"]);
        both.Notes.ShouldContain(note => note.Contains("\"east\", \"west\"", StringComparison.Ordinal));
        var west = await store.ReviewAsync("alice", Cancel, "&cluster=west");
        west.Lines().ShouldBe(["shop::pods/ get 2-0-0 b"]);
        (await store.SearchAsync(west.Uses[0].Query, Cancel)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Viewer_MayAsk()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        using var viewer = store.As(StoreRole.Viewer);

        var review = await viewer.GetFromJsonAsync<AccessReviewResult>("/api/v1/access-review?subject=nobody", Cancel);

        (review!.Days, review.DaysSeen, review.RecordedSince, review.Yaml).ShouldBe((31, 0, null, ""));
    }

    [Theory]
    [InlineData("", "Q166", "subject")]
    [InlineData("subject=alice&level=some", "Q167", "level")]
    [InlineData("subject=alice&scope=some", "Q167", "scope")]
    [InlineData("subject=alice&denied=1", "Q167", "denied")]
    [InlineData("subject=alice&wildcards=true", "Q168", "wildcards")]
    [InlineData("subject=alice&form=now-1d", "Q162", "form")]
    [InlineData("subject=alice&from=now&to=now-1d", "Q151", "to")]
    public async Task BadParameter_IsTold(string parameters, string code, string parameter)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);

        using var response = await store.Auditor.GetAsync($"/api/v1/access-review?{parameters}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<QueryProblem>(Cancel))!.Messages.Select(message => (message.Code, message.Parameter)).ShouldBe([(code, parameter)]);
    }
}
