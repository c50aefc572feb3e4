using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;
using static KubeLens.Store.Tests.Objects.ObjectScenario;

namespace KubeLens.Store.Tests.Objects;

public sealed class ObjectHistoryTests(PostgresServer postgres)
{
    private const string Failure = """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Conflict","code":409}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_OfALife_SaysWhatEachCallDid_HotAndSealedAlike()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var life = Life(SealedStore.HourAgo(3));
        await store.DeliverAsync(life.Calls, Cancel);

        var page = await HistoryAsync(store, "from=now-30d", Cancel);

        (page.Cluster, page.ApiGroup, page.Resource, page.Namespace, page.Name, page.Next).ShouldBe(("prod", "apps", "deployments", "shop", "web", null));
        page.Versions.Select(Line).ShouldBe(
        [
            "created 20 exact gap=False other=True []",
            "deleted  none gap=False other=False []",
            "failed  none gap=False other=False []",
            "same  none gap=False other=False []",
            "status 17 exact gap=False other=False [status.readyReplicas 0→5]",
            "changed 16 inferred gap=True other=False [spec.replicas 3→5]",
            "same 13 exact gap=False other=False []",
            "changed 13 exact gap=False other=False [spec.template.spec.containers[name=web].image \"web:1\"→\"web:2\"]",
            "created 10 exact gap=False other=False []",
        ]);
        page.Versions.Select(v => v.CallId).ShouldBe(life.Calls.Where(c => c.Verb != "get").Reverse().Select(IdOf));
        page.Versions.Where(v => v.HasState).Select(v => v.ResourceVersion).ShouldBe(["20", "17", "16", "13", "13", "10"]);
        page.Versions[^2].ShouldSatisfyAllConditions(v => v.User.ShouldBe("bob"), v => v.UserAgent.ShouldStartWith("kubectl/"), v => v.Verb.ShouldBe("patch"), v => v.Status.ShouldBe(200), v => v.Uid.ShouldBe(Uid), v => v.Generation.ShouldBe(2));

        var (from, to) = ("2026-01-01", life.Now.ToString("O"));
        var before = await JsonAsync(store, $"from={from}&to={Uri.EscapeDataString(to)}", Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(life.Calls.Count);
        (await JsonAsync(store, $"from={from}&to={Uri.EscapeDataString(to)}", Cancel)).ShouldBe(before);
        store.Logs.Lines.ShouldContain(line => line.Id.Id == 1430 && line.Text.Contains("deployments shop/web in prod: 9 versions"));
    }

    [Fact]
    public async Task Pages_WithAnHourSealedBetweenThem_AreTheWhole()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var life = Life(SealedStore.HourAgo(3));
        await store.DeliverAsync(life.Calls, Cancel);
        var whole = await HistoryAsync(store, "from=now-30d", Cancel);

        var (versions, ranges) = (new List<ObjectVersion>(), new HashSet<(DateTimeOffset, DateTimeOffset)>());
        string? cursor = null;
        do
        {
            var page = await HistoryAsync(store, $"from=now-30d&limit=2&cursor={cursor}", Cancel);
            page.Versions.Count.ShouldBeInRange(1, 2);
            ranges.Add((page.From, page.To));
            versions.AddRange(page.Versions);
            cursor = page.Next;
            await store.SealAsync(Cancel);
        }
        while (cursor is not null);

        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(life.Calls.Count);
        ranges.Count.ShouldBe(1, "the range is that of the first page");
        versions.Select(v => System.Text.Json.JsonSerializer.Serialize(v)).ShouldBe(whole.Versions.Select(v => System.Text.Json.JsonSerializer.Serialize(v)));
    }

    [Fact]
    public async Task Range_LimitsWhatIsShown_AndNotWhatItIsComparedWith()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddDays(-9));
        calls.Add("create", Deployment(10), status: 201);
        calls.Add("get", Deployment(10), change: call => call with { Time = SampleCalls.Now.AddHours(-2) });
        calls.Add("update", Deployment(11, generation: 2, replicas: 4), before: "10", change: call => call with { Time = SampleCalls.Now.AddHours(-1) });
        await store.DeliverAsync(calls.Calls, Cancel);

        (await HistoryAsync(store, "", Cancel)).Versions.Select(Line).ShouldBe(["changed 11 exact gap=False other=False [spec.replicas 3→4]"], "seven days when nothing is said");
        (await HistoryAsync(store, "from=now-30d", Cancel)).Versions.Count.ShouldBe(2);
        (await HistoryAsync(store, "from=now-30d&to=now-1d", Cancel)).Versions.ShouldHaveSingleItem().Kind.ShouldBe(ObjectVersionKinds.Created);
        (await HistoryAsync(store, "from=now-30m", Cancel)).Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reads_AreVersionsWhereNoWriteMadeWhatTheySaw_OnceEach()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("create", Deployment(10), status: 201);
        calls.Add("get", Deployment(10));
        var seen = calls.Add("get", Deployment(14, generation: 2, replicas: 7));
        calls.Add("get", Deployment(14, generation: 2, replicas: 7));
        calls.Add("get", Deployment(10)); // by a cache
        calls.Add("get", """{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"15"},"rows":[{"cells":["web"],"object":{"kind":"PartialObjectMetadata","metadata":{"name":"web"}}}]}""");
        calls.Add("get", Failure, status: 404);
        calls.Add("update", Deployment(16, generation: 3, replicas: 8), before: "15");
        calls.Add("list", Deployment(16)); // never of one object
        await store.DeliverAsync(calls.Calls, Cancel);

        var versions = (await HistoryAsync(store, "", Cancel)).Versions;

        versions.Select(Line).ShouldBe(
        [
            "changed 16 inferred gap=True other=False [spec.replicas 7→8]",
            "seen 15 none gap=False other=False []",
            "seen 14 inferred gap=True other=False [spec.replicas 3→7]",
            "created 10 exact gap=False other=False []",
        ]);
        versions[2].CallId.ShouldBe(IdOf(seen));
        versions[1].HasState.ShouldBeFalse();
    }

    [Fact]
    public async Task Writes_ThatAnswerWithNoObject_AreVersionsWithoutAState()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("create", Deployment(10), status: 201);
        calls.Add("patch", $$"""{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"web","namespace":"shop","uid":"{{Uid}}","resourceVersion":"11"},"spec":{"replicas":5} }""", "scale", request: """{"spec":{"replicas":5}}""");
        calls.Add("update", $$"""{"kind":"Scale","apiVersion":"autoscaling/v1","metadata":{"name":"web","namespace":"shop","uid":"{{Uid}}","resourceVersion":"12"},"spec":{"replicas":6} }""", "scale", before: "11");
        calls.Add("update", $$"""{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","uid":"{{Uid}}","resourceVersion":"13"},"fields":{"2":{"1":6} } }""", before: "12", note: CallBodyNote.MetadataOnly);
        calls.Add("update", Deployment(14)[..80], note: CallBodyNote.Truncated, change: call => call with { Object = new CallObject { Uid = Uid, ResourceVersion = "14" } });
        calls.Add("create", """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}""", "eviction", status: 201);
        calls.Add("create", Failure, "eviction", status: 429);
        calls.Add("get", "log", "log");
        calls.Add("create", "{}", "exec", status: 101);
        await store.DeliverAsync(calls.Calls, Cancel);

        var versions = (await HistoryAsync(store, "", Cancel)).Versions;

        versions.Select(Line).ShouldBe(
        [
            "failed  none gap=False other=False []",
            "deleted  none gap=False other=False []",
            "changed 14 none gap=False other=False []",
            "changed 13 none gap=False other=False []",
            "changed 12 inferred gap=True other=False [spec.replicas 3→6]",
            "changed 11 inferred gap=True other=False [spec.replicas 3→5]",
            "created 10 exact gap=False other=False []",
        ]);
        versions.Count(v => v.HasState).ShouldBe(1);
    }

    [Fact]
    public async Task Clusters_WithAnObjectOfThatName_HaveToBeTold()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var (one, two, three) = (new ObjectScenario(SampleCalls.Now.AddHours(-1), "prod"), new ObjectScenario(SampleCalls.Now.AddHours(-1), "staging"), new ObjectScenario(SampleCalls.Now.AddHours(-1), "dev"));
        one.Add("create", Deployment(10), status: 201);
        two.Add("create", Deployment(99, uid: OtherUid), status: 201);
        three.Add("create", Deployment(5), status: 201, change: call => call with { Name = "other" });
        await store.DeliverAsync([.. one.Calls, .. two.Calls, .. three.Calls], Cancel);

        using var several = await store.Auditor.GetAsync(Address, Cancel);
        several.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var problem = await several.Content.ReadAsStringAsync(Cancel);
        problem.ShouldContain("Q178");
        problem.ShouldContain("prod, staging all have calls");
        (await HistoryAsync(store, "cluster=staging", Cancel)).ShouldSatisfyAllConditions(page => page.Cluster.ShouldBe("staging"), page => page.Versions.ShouldHaveSingleItem().ResourceVersion.ShouldBe("99"));
        (await HistoryAsync(store, "", Cancel, Address.Replace("/web", "/other", StringComparison.Ordinal))).ShouldSatisfyAllConditions(page => page.Cluster.ShouldBe("dev"), page => page.Versions.Count.ShouldBe(1));
        (await HistoryAsync(store, "", Cancel, Address.Replace("/web", "/nobody", StringComparison.Ordinal))).ShouldSatisfyAllConditions(page => page.Cluster.ShouldBe(""), page => page.Versions.ShouldBeEmpty(), page => page.Next.ShouldBeNull());
        foreach (var other in new[] { "/api/v1/objects/core/deployments/shop/web", "/api/v1/objects/apps/deployments/_/web", "/api/v1/objects/apps/deployments/shop/we", "/api/v1/objects/apps/replicasets/shop/web" })
        {
            (await HistoryAsync(store, "cluster=prod", Cancel, other)).Versions.ShouldBeEmpty(other);
        }
    }

    [Theory]
    [InlineData("limit=201", "Q160", "from 1 to 200")]
    [InlineData("limit=0", "Q160", "limit")]
    [InlineData("uid=7", "Q179", "uid")]
    [InlineData("from=now&to=now-1h", "Q151", "before it starts")]
    [InlineData("q=web", "Q162", "There is no parameter")]
    [InlineData("cursor=x", "Q161", "cursor")]
    public async Task Parameter_ThatIsWrong_IsToldByName(string parameters, string code, string text)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        using var response = await store.Auditor.GetAsync($"{Address}?{parameters}", Cancel);

        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadAsStringAsync(Cancel);
        problem.ShouldContain(code);
        problem.ShouldContain(text);
    }

    [Fact]
    public async Task Cursor_OfAnotherObjectOrUid_IsRefused()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Life(SampleCalls.Now.AddHours(-1)).Calls, Cancel);
        var next = (await HistoryAsync(store, "limit=2", Cancel)).Next.ShouldNotBeNull();

        foreach (var (path, parameters) in new[] { (Address, $"uid={Uid}"), (Address.Replace("/shop/", "/other/", StringComparison.Ordinal), "") })
        {
            using var response = await store.Auditor.GetAsync($"{path}?{parameters}&cursor={next}", Cancel);
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("Q161");
        }
    }

    [Fact]
    public async Task Uid_LeavesOutOtherObjectsOfTheName()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Life(SampleCalls.Now.AddHours(-1)).Calls, Cancel);

        (await HistoryAsync(store, $"uid={OtherUid}", Cancel)).Versions.ShouldHaveSingleItem().ResourceVersion.ShouldBe("20");
        (await HistoryAsync(store, $"uid={Uid}", Cancel)).Versions.ShouldAllBe(v => v.Uid == Uid && !v.IsOtherObject);
    }

    [Fact]
    public async Task Namespace_AndWhatHasNone_AreFoundByUnderscore()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddHours(-1));
        calls.Add("create", Deployment(10), status: 201, change: call => call with { ApiGroup = "", Resource = "namespaces", Namespace = "" });
        calls.Add("patch", Deployment(11), change: call => call with { ApiGroup = "", Resource = "namespaces", Namespace = "web" });
        calls.Add("patch", Deployment(12), change: call => call with { ApiGroup = "", Resource = "nodes", Namespace = "" });
        await store.DeliverAsync(calls.Calls, Cancel);

        (await HistoryAsync(store, "", Cancel, "/api/v1/objects/core/namespaces/_/web")).Versions.Select(v => v.ResourceVersion).ShouldBe(["11", "10"]);
        (await HistoryAsync(store, "", Cancel, "/api/v1/objects/core/namespaces/web/web")).Versions.Count.ShouldBe(2);
        (await HistoryAsync(store, "", Cancel, "/api/v1/objects/core/nodes/_/web")).Versions.ShouldHaveSingleItem().ResourceVersion.ShouldBe("12");
    }

    [Fact]
    public async Task Reads_WithoutEnd_ArePagedAndEachPageIsBounded()
    {
        const int Reads = 5_200;
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddMinutes(-50));
        var read = calls.Add("get", Deployment(10));
        var batch = SampleCalls.NextBatchId();
        await store.DeliverAsync(Enumerable.Range(0, Reads).Select(i => read with { Time = read.Time.AddMilliseconds(i), Position = SampleCalls.Position(i, Reads, batch) }), Cancel);

        var first = await HistoryAsync(store, "", Cancel);
        var second = await HistoryAsync(store, $"cursor={first.Next}", Cancel);

        first.Versions.ShouldHaveSingleItem().Kind.ShouldBe(ObjectVersionKinds.Seen);
        (second.Versions.ShouldHaveSingleItem().Time, second.Next).ShouldBe((read.Time, null));
    }

    [Fact]
    public async Task History_AmongManyCalls_IsFoundByTheIndexOfNames()
    {
        // Of the one partition that holds them: empty ones are read whole, and by whatever else the Store does.
        const string Scans = "select coalesce(sum(s.idx_scan), 0)::bigint from pg_stat_user_indexes s join pg_indexes i on i.indexname = s.indexrelname join pg_class t on t.oid = s.relid where i.indexdef like '%(name, at DESC)%' and t.reltuples > 1000";
        const int Others = 8_000;
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = new ObjectScenario(SampleCalls.Now.AddMinutes(-2));
        var one = calls.Add("create", Deployment(10), status: 201);
        var batch = SampleCalls.NextBatchId();
        await store.DeliverAsync([one, .. Enumerable.Range(0, Others).Select(i => one with { Name = $"other-{i}", Time = one.Time.AddMilliseconds(i), Position = SampleCalls.Position(i, Others, batch) })], Cancel);
        await store.ScalarAsync<string>("do $$ begin execute 'analyze call'; end $$; select 'done'", Cancel);
        var before = await store.ScalarAsync<long>(Scans, Cancel);

        (await HistoryAsync(store, "cluster=prod", Cancel)).Versions.Count.ShouldBe(1);

        await Eventually.Async(async () => await store.ScalarAsync<long>(Scans, Cancel) > before, Cancel);
    }

    [Fact]
    public async Task Bodies_ThatAreGone_LeaveTheCalls()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Life(SampleCalls.Now.AddHours(-1)).Calls, Cancel);
        await store.ScalarAsync<long>("with gone as (delete from pack returning 1) select count(*) from gone", Cancel);

        var versions = (await HistoryAsync(store, "", Cancel)).Versions;

        versions.Count.ShouldBe(9);
        versions.ShouldAllBe(v => !v.HasState && v.Basis == ObjectChangeBases.None && v.Changes.Count == 0);
        versions.Select(v => v.Kind).ShouldBe(["created", "deleted", "failed", "same", "status", "changed", "changed", "changed", "created"]);
    }

    /// <summary>Created, patched, patched to no effect, scaled elsewhere and seen so by an update of its own, its status updated, dry run, failed, deleted, made again.</summary>
    private static ObjectScenario Life(DateTimeOffset start)
    {
        var calls = new ObjectScenario(start);
        calls.Add("create", Deployment(10), status: 201, request: "{}");
        calls.Add("get", Deployment(10));
        calls.Add("patch", Deployment(13, generation: 2, image: "web:2", metadata: calls.ManagedNow), request: """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"web:2"}]}}}}""", user: "bob");
        calls.Add("patch", Deployment(13, generation: 2, image: "web:2"), request: """{"spec":{"replicas":3}}""");
        calls.Add("patch", Deployment(16, generation: 3, replicas: 5, image: "web:2"), request: """{"metadata":{"labels":null}}""");
        calls.Add("update", Deployment(17, generation: 3, replicas: 5, image: "web:2", ready: 5), "status", before: "16", user: "system:serviceaccount:kube-system:deployment-controller");
        calls.Add("patch", Deployment(18, generation: 4, replicas: 9, image: "web:2"), request: """{"spec":{"replicas":9}}""", dryRun: true);
        calls.Add("update", Failure, status: 409, before: "10");
        calls.Add("get", Deployment(17, generation: 3, replicas: 5, image: "web:2", ready: 5));
        calls.Add("delete", $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"name":"web","group":"apps","kind":"deployments","uid":"{{Uid}}"} }""");
        calls.Add("create", Deployment(20, uid: OtherUid), status: 201);
        return calls;
    }

    private static string Line(ObjectVersion v) =>
        $"{v.Kind} {(v.Kind is ObjectVersionKinds.Failed or ObjectVersionKinds.Deleted or ObjectVersionKinds.Same && !v.HasState ? "" : v.ResourceVersion)} {v.Basis} gap={v.GapBefore} other={v.IsOtherObject} [{string.Join(", ", v.Changes.Select(c => $"{c.Path} {c.Before}→{c.After}"))}]";
}
