using System.Text.Json.Nodes;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Audit;

/// <summary>Each call is there once, whoever tells of it, and says what the apiserver says.</summary>
public sealed class AuditJoinTests(PostgresServer postgres)
{
    private const string Quick = "--Audit:WaitSeconds=1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_BeforeOrAfterItsCall_IsPartOfIt(bool before)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var call = AuditSample.Call() with { User = "claimed", Groups = ["a"], UserSource = "token-claims" };
        var told = AuditSample.Of(call).With("user", new JsonObject { ["username"] = "alice", ["groups"] = AuditSample.Texts(["dev", "system:authenticated"]) });

        await (before ? store.PostAuditAsync(Cancel, told) : store.DeliverAsync([call], Cancel));
        await (before ? store.DeliverAsync([call], Cancel) : store.PostAuditAsync(Cancel, told));
        await store.ResolveAsync(Cancel);

        var item = (await store.SearchAsync("has:audit decision:allow is:deprecated -is:bypass -is:conflict user:alice groups:dev", Cancel)).ShouldHaveSingleItem();
        var details = await store.GetAsync(item.Id, Cancel);
        (details.User, details.UserSource, details.Source).ShouldBe(("alice", "audit", CallSources.Gateway));
        details.Groups.ShouldBe(["dev", "system:authenticated"]);
        var audit = details.Audit.ShouldNotBeNull();
        (audit.Decision, audit.Reason, audit.Deprecated, audit.RemovedRelease, audit.Panicked).ShouldBe(("allow", "RBAC: allowed by ClusterRoleBinding \"view\"", true, "1.25", false));
        details.ResponseBody!.Text.ShouldBe("{\"kind\":\"Pod\"}");
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(1);
        (await WaitingAsync(store)).ShouldBe(0);
    }

    [Fact]
    public async Task Event_PostedAgain_DoublesNothing()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var call = AuditSample.Call();
        var (told, direct) = (AuditSample.Of(call), AuditSample.Of(AuditSample.Call("direct")));
        var early = AuditSample.Of(call, "RequestReceived");

        for (var round = 0; round < 3; round++)
        {
            await store.PostAuditAsync(Cancel, told, direct, told, early);
            await store.DeliverAsync([call with { Position = SampleCalls.Position(0, 1, 991) }], Cancel);
            await store.PostAuditAsync(Cancel, early, told);
            await store.ResolveAsync(Cancel);
        }

        (await store.SearchAsync("", Cancel)).Select(i => i.Name).ShouldBe(["web-0", "direct"], ignoreOrder: true);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("direct");
        (await WaitingAsync(store)).ShouldBe(0);
    }

    [Theory]
    [InlineData("RequestReceived", "ResponseStarted", "ResponseComplete")]
    [InlineData("ResponseComplete", "RequestReceived", "ResponseStarted")]
    [InlineData("ResponseStarted", "ResponseComplete", "RequestReceived")]
    public async Task Stages_InAnyOrder_AreOneEvent(params string[] stages)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var (call, direct) = (AuditSample.Call(), AuditSample.Call("direct"));

        foreach (var stage in stages)
        {
            await store.PostAuditAsync(Cancel, AuditSample.Of(call, stage), AuditSample.Of(direct, stage));
        }

        await store.DeliverAsync([call], Cancel);
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("has:audit -is:bypass status:200", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("web-0");
        (await store.SearchAsync("has:audit is:bypass status:200", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("direct");
    }

    [Fact]
    public async Task Panic_IsAnEndThatTheCallNeedNotHaveSeen()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var (call, direct) = (AuditSample.Call() with { Status = 0, Outcome = CallOutcome.UpstreamFailed }, AuditSample.Call("direct"));

        await store.PostAuditAsync(Cancel, AuditSample.Of(call, "Panic"), AuditSample.Of(direct, "Panic"), AuditSample.Of(direct, "RequestReceived"));
        await store.DeliverAsync([call], Cancel);
        await store.ResolveAsync(Cancel);

        var joined = await store.GetAsync((await store.SearchAsync("-is:bypass has:audit", Cancel)).ShouldHaveSingleItem().Id, Cancel);
        (joined.Status, joined.Audit!.Panicked).ShouldBe((null, true));
        var passed = await store.GetAsync((await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem().Id, Cancel);
        (passed.Status, passed.Outcome, passed.Audit!.Panicked).ShouldBe((500, "upstreamFailed", true));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(-4, 0)]
    [InlineData(-25, 2)]
    public async Task Clocks_ApartByMoreThanIsAllowed_AreAConflict(int seconds, int conflicts)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick, "--Audit:ClockSkewSeconds=5");
        var call = AuditSample.Call();

        await store.DeliverAsync([call], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(call, skew: TimeSpan.FromSeconds(seconds)));
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("is:conflict", Cancel)).Count.ShouldBe(conflicts);
        (await store.SearchAsync("has:audit", Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task DirectCall_IsABypassWithWhatTheEventTells_AndNoSecretOfIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var call = AuditSample.Call() with { AuditId = Guid.NewGuid(), Verb = "create", Subresource = "exec", Query = "command=secret-of-a-command&container=app&tty=true", Status = 403 };
        var told = AuditSample.Of(call)
            .With("objectRef", new JsonObject { ["resource"] = "pods", ["namespace"] = "default", ["name"] = "web-0", ["apiVersion"] = "v1", ["subresource"] = "exec" })
            .With("annotations", new JsonObject { ["authorization.k8s.io/decision"] = "forbid", ["authorization.k8s.io/reason"] = "", ["patch.webhook.admission.k8s.io/round_0"] = "secret-of-a-patch" })
            .With("impersonatedUser", new JsonObject { ["username"] = "bob" })
            .With("responseStatus", new JsonObject { ["code"] = 403, ["reason"] = "Forbidden" })
            .With("sourceIPs", AuditSample.Texts(["1.2.3.4", "10.9.8.7"]));

        await store.PostAuditAsync(Cancel, told);
        await store.ResolveAsync(Cancel);

        var item = (await store.SearchAsync("is:bypass decision:deny user:alice as:bob verb:create resource:pods/exec ns:default name:web-0 status:403 reason:Forbidden cluster:prod ip:10.9.8.7 ua:kubectl* -gateway:*", Cancel)).ShouldHaveSingleItem();
        var details = await store.GetAsync(item.Id, Cancel);
        (details.Source, details.Path, details.AuditId, details.Time).ShouldBe((CallSources.Bypass, "/api/v1/namespaces/default/pods/web-0?command=<redacted>&container=app&tty=true", call.AuditId.ToString(), call.Time.AddMilliseconds(-1)));
        details.LatencyMs.ShouldBe((call.LatencyUs - 2000) / 1000.0);
        (details.RequestBody, details.ResponseBody).ShouldBe((null, null));
        var kept = await store.ScalarAsync<string>("select string_agg(convert_from(record, 'UTF8'), ' ') from audit_pending", Cancel);
        kept.ShouldContain("web-0");
        kept.ShouldNotContain("secret-of");
        kept.ShouldNotContain("c2VjcmV0LW9m");
    }

    [Theory]
    [InlineData("uri")]
    [InlineData("verb")]
    [InlineData("code")]
    [InlineData("address")]
    [InlineData("refused")]
    public async Task ForgedId_ThatDoesNotAgree_IsAConflict_BothAreKept(string what)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var call = AuditSample.Call() with { Outcome = what == "refused" ? CallOutcome.Refused : CallOutcome.Completed };
        var real = AuditSample.Of(call);
        var forged = AuditSample.Forge(real, what == "uri" ? "/api/v1/secrets" : (string)real["requestURI"]!);
        forged = what switch
        {
            "verb" => forged.With("verb", "list"),
            "code" => forged.With("responseStatus", new JsonObject { ["code"] = 404 }),
            "address" => forged.With("sourceIPs", AuditSample.Texts(["127.0.0.1", "10.0.0.66"])),
            _ => forged,
        };

        await store.PostAuditAsync(Cancel, forged);
        await store.DeliverAsync([call, AuditSample.Call("other")], Cancel);
        if (what != "refused")
        {
            await store.PostAuditAsync(Cancel, real);
        }

        await store.ResolveAsync(Cancel);

        var both = await store.SearchAsync("is:conflict", Cancel);
        var details = await Task.WhenAll(both.Select(item => store.GetAsync(item.Id, Cancel)));
        details.Select(d => d.Source).Order().ShouldBe([CallSources.Conflict, CallSources.Gateway]);
        details.ShouldAllBe(d => d.AuditId == call.AuditId.ToString());
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(3);
        store.Logs.Lines.ShouldContain(l => l.Id.Id == 1362);
    }

    [Fact]
    public async Task ForgedId_UsedAgainHoursLater_IsFoundToBeAnothersId()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var then = SampleCalls.Now.AddHours(-7);
        var call = AuditSample.Call() with { AuditId = Guid.CreateVersion7(then), Time = then };

        await store.DeliverAsync([call], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(call), AuditSample.Of(call with { Time = SampleCalls.Now.AddSeconds(-20) }));
        await store.ResolveAsync(Cancel);

        (await store.SearchAsync("is:conflict", Cancel)).Count.ShouldBe(2);
        (await store.SearchAsync("has:audit", Cancel)).Count.ShouldBe(2);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gateway", "", "alice", "alice", "")] // impersonated by the gateway
    [InlineData("admin", "alice", "alice", "admin", "alice")] // asked for by the caller
    [InlineData("alice", "alice", "bob", "bob", "bob")] // asked for, and carried out by an impersonating gateway
    [InlineData("alice", "bob", "", "seen", "bob")] // asked for and refused
    public async Task Impersonation_KeepsWhoActedAsWhom(string recorded, string asked, string impersonated, string user, string actedAs)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var call = AuditSample.Call() with { User = recorded, ImpersonatedUser = asked };
        var told = AuditSample.Of(call).With("user", new JsonObject { ["username"] = impersonated.Length > 0 && actedAs == "alice" ? "admin" : "seen" });
        told = impersonated.Length > 0 ? told.With("impersonatedUser", new JsonObject { ["username"] = impersonated, ["groups"] = AuditSample.Texts(["dev"]) }) : told;

        await store.DeliverAsync([call], Cancel);
        await store.PostAuditAsync(Cancel, told);

        var details = await store.GetAsync((await store.SearchAsync("has:audit", Cancel)).ShouldHaveSingleItem().Id, Cancel);
        (details.User, details.ImpersonatedUser).ShouldBe((user, actedAs));
    }

    [Fact]
    public async Task Store_RestartedBetweenEventAndCall_JoinsThem()
    {
        var connectionString = await postgres.CreateDatabaseAsync(Cancel);
        var call = AuditSample.Call();
        await using (var first = await TestStore.StartAsync(connectionString, null, Cancel, settings: Quick))
        {
            await first.WaitUntilReadyAsync(Cancel);
            await first.PostAuditAsync(Cancel, AuditSample.Of(call));
        }

        await using var second = await TestStore.StartAsync(connectionString, null, Cancel, settings: Quick);
        await second.WaitUntilReadyAsync(Cancel);
        await second.DeliverAsync([call], Cancel);
        await second.ResolveAsync(Cancel);

        (await second.SearchAsync("has:audit -is:bypass", Cancel)).ShouldHaveSingleItem();
        (await second.SearchAsync("", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Call_ThatComesAfterItsEventWasGivenUp_TakesItsPlace()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, Quick);
        var call = AuditSample.Call();

        await store.PostAuditAsync(Cancel, AuditSample.Of(call));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem();
        await store.DeliverAsync([call], Cancel);

        var item = (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
        var details = await store.GetAsync(item.Id, Cancel);
        (details.Source, details.Audit!.Decision).ShouldBe((CallSources.Gateway, "allow"));
    }

    internal static Task<long> WaitingAsync(TestStore store) => store.ScalarAsync<long>("select count(*) from audit_pending where placed_at is null", Cancel);
}
