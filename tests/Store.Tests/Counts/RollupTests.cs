using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Audit;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Tests.Counts;

public sealed class RollupTests(PostgresServer postgres)
{
    // Nothing may be looked at one by one but what is left of a grain.
    private const string OnlyRollups = "--Counts:MaxCalls=1";

    private static readonly string[] Rolled =
    [
        "", "-is:system", "kind:(human,sa)", "-kind:node status:4xx", "class:write OR class:interactive", "verb:(get,list) -status:200..299", "resource:pods cluster:prod", "resource:pods/* -resource:pods/exec",
        "user:alice", "user:(alice,system:admin) -status:none", "sa:prod/ci OR cluster:prod", "groups:prod", "ns:prod", "ns:kube-system -is:system status:(401,403)", "is:mutating -is:system", "group:apps sub:scale", "is:denied -user:*",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>All that the portal asks by a click is answered by rollups, and says what the calls say.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_FromRollups_AreTheNaiveOnes(bool isSealed)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, [.. SealedStore.Settings, "--Sealing:GraceMinutes=0", OnlyRollups, CountedStore.Patient]);
        var calls = new RandomSearch(17).Calls(400, SealedStore.HourAgo(4)).Select((call, i) => i % 3 == 0 ? call with { Time = call.Time.AddHours(-1).AddSeconds(i) } : call).ToList();
        await store.DeliverAsync(calls, Cancel);
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);
        if (isSealed)
        {
            await store.SealAsync(Cancel);
            (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(400);
        }

        // Neither end is a whole minute.
        var (from, to) = (calls.Min(call => call.Time).AddMicroseconds(1), calls.Max(call => call.Time).AddMicroseconds(-1));
        foreach (var text in Rolled)
        {
            var root = QueryParser.Parse(text).Root.ShouldNotBeNull();
            var histogram = await store.HistogramAsync(text, CountedStore.Text(from), CountedStore.Text(to), Cancel, 20);
            histogram.BucketSeconds.ShouldBe(300);
            histogram.Quality.ShouldBe(new CountQuality(CountQuality.Exact, from, calls.Count(call => call.Time >= from && call.Time <= to && NaiveQuery.Matches(root, call))), text);
            histogram.Buckets.ShouldBe(histogram.Buckets.Select(bucket => NaiveCounts.Bucket(calls, root, bucket.Start, 300, from, to)), text);
        }

        foreach (var (text, fields) in new[] { ("", "verb,class,status,resource,ns,user,kind,cluster"), ("-is:system", "verb,class,status,resource,ns,kind,cluster"), ("status:4xx verb:get", "verb,status,resource,kind"), ("user:alice", "user,status,cluster,kind") })
        {
            foreach (var facet in (await store.FacetsAsync(text, CountedStore.Text(from), CountedStore.Text(to), Cancel, fields)).Fields)
            {
                var rest = QueryFacet.Of(QueryParser.Parse(text).Root.ShouldNotBeNull(), facet.Field).Rest;
                var own = calls.Where(call => call.Time >= from && call.Time <= to && NaiveQuery.Matches(rest, call)).ToList();
                facet.Quality.ShouldBe(new CountQuality(CountQuality.Exact, from, own.Count), $"{facet.Field} of {text}");
                facet.Values.ShouldAllBe(value => value.Calls == own.Count(call => NaiveCounts.Has(call, rest, facet.Field, value.Value)));
                facet.Absent.ShouldBe(own.Count(call => !NaiveCounts.HasAny(call, facet.Field)), $"-{facet.Field}:* of {text}");
            }
        }
    }

    /// <summary>More writers than shards, the same keys, and deliveries that come again.</summary>
    [Fact]
    public async Task Writers_AtOnce_CountEachCallOnce()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Ingest:MaxConcurrent=12", "--Ingest:MaxWaiting=100");
        var batches = Enumerable.Range(0, 24).Select(_ => SampleCalls.Batch(30, SampleCalls.NextBatchId()).ConvertAll(call => call with { Time = SampleCalls.Now.AddSeconds(-call.Position!.Ordinal), User = call.Position.Ordinal % 2 == 0 ? "alice" : "system:node:n1" })).ToList();

        await Task.WhenAll(batches.Concat(batches).Select(batch => store.DeliverAsync(batch, Cancel)));
        await store.DeliverAsync(batches[0], Cancel);

        (await store.ScalarAsync<long>("select count(*) from call", Cancel)).ShouldBe(720);
        (await store.ScalarAsync<long>("select sum(calls)::bigint from rollup_user", Cancel)).ShouldBe(720);
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);
    }

    /// <summary>An event changes the user; one that was given up goes when its call comes.</summary>
    [Fact]
    public async Task Calls_ThatChangeOrGo_AreCountedAsTheyAre()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:WaitSeconds=1");
        var (joined, late) = (AuditSample.Call() with { User = "claimed" }, AuditSample.Call("late"));
        await store.DeliverAsync([joined], Cancel);
        await store.PostAuditAsync(Cancel, AuditSample.Of(joined).With("user", new System.Text.Json.Nodes.JsonObject { ["username"] = "system:node:n1" }), AuditSample.Of(late));
        await store.ResolveAsync(Cancel);
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem();
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);

        await store.DeliverAsync([late], Cancel);

        (await store.SearchAsync("", Cancel)).Count.ShouldBe(2);
        (await store.SearchAsync("user:system:node:n1", Cancel)).ShouldHaveSingleItem();
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);
        (await store.ScalarAsync<long>("select sum(calls)::bigint from rollup_resource", Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Retention_ThatDropsCalls_LeavesNoCountsOfThem()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, OnlyRollups, CountedStore.Patient);
        var calls = SampleCalls.Batch(4).ConvertAll(call => call with { Time = call.Position!.Ordinal == 3 ? SampleCalls.Now.AddDays(-300) : SampleCalls.Now.AddHours(-20 * call.Position.Ordinal).AddSeconds(-1) });
        await store.DeliverAsync(calls, Cancel);
        (await store.HistogramAsync("", "now-400d", "now", Cancel)).Quality.Calls.ShouldBe(4);

        // Not from the start: the Store looks by itself as well.
        store.Services.GetRequiredService<IOptions<RetentionOptions>>().Value.MaxBytes = 1;
        await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);

        (await store.SearchAsync("", Cancel, from: "1970-01-01")).ShouldHaveSingleItem();
        (await store.HistogramAsync("", "now-400d", "now", Cancel)).Quality.ShouldSatisfyAllConditions(quality => quality.Calls.ShouldBe(1), quality => quality.Basis.ShouldBe(CountQuality.Exact, quality.ToString()));
        (await store.FacetsAsync("", "now-400d", "now", Cancel, "user")).Fields.Single().Values.ShouldBe([new FacetValue("alice", 1)]);
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Calls_OlderThanTheRollups_AreCountedOneByOne()
    {
        var connectionString = await postgres.CreateDatabaseAsync(Cancel);
        await using (var before = await TestStore.StartAsync(connectionString, null, Cancel, settings: SealedStore.Settings))
        {
            await before.WaitUntilReadyAsync(Cancel);
            await before.DeliverAsync([SampleCalls.One(name: "sealed") with { Time = SealedStore.HourAgo(3) }], Cancel);
            await before.SealAsync(Cancel);
            await before.DeliverAsync([SampleCalls.One(name: "old") with { Time = SealedStore.HourAgo(2) }, SampleCalls.One(name: "recent"), SampleCalls.One(name: "old-overflow") with { Time = SampleCalls.Now.AddDays(-60) }], Cancel);
            await before.ScalarAsync<string>("""with undone as (delete from "__EFMigrationsHistory" where migration_id like '%_Rollups') select ''; drop table rollup_resource, rollup_user, rollup_namespace, rollup_gap""", Cancel);
        }

        await using var store = await TestStore.StartAsync(connectionString, null, Cancel, settings: CountedStore.Patient);
        await store.WaitUntilReadyAsync(Cancel);
        (await store.HistogramAsync("", "now-90d", "now", Cancel)).Quality.ShouldSatisfyAllConditions(quality => quality.Calls.ShouldBe(4), quality => quality.Basis.ShouldBe(CountQuality.Exact));
        await store.DeliverAsync([SampleCalls.One(name: "new"), SampleCalls.One(name: "new") with { Time = SealedStore.HourAgo(8) }], Cancel);

        (await store.HistogramAsync("", "now-90d", "now", Cancel)).Quality.Calls.ShouldBe(6);
        (await store.FacetsAsync("", "now-90d", "now", Cancel, "user,ns,verb")).Fields.ShouldAllBe(facet => facet.Values.Single().Calls == 6);
        (await store.WrongSumsAsync(Cancel)).ShouldBe(0);
        (await store.ScalarAsync<long>("select count(*) from rollup_gap", Cancel)).ShouldBeGreaterThan(3);
    }
}
