using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Store.Holds;
using KubeLens.Store.Partitions;
using KubeLens.Store.Purging;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Audit;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.AccessReview;

/// <summary>Each call counts once, wherever it lies and whatever becomes of it.</summary>
public sealed class AccessDayTests(PostgresServer postgres)
{
    private const int Ago = 4;

    private static readonly TimeRange Range = new(SealedStore.HourAgo(30), SealedStore.HourAgo(0));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Reads of five pods in turn, every tenth of them refused.
    private static List<CallRecord> Reads(int size, int hoursAgo = Ago, string user = "alice") =>
        ReviewedStore.Batch(size, hoursAgo, (call, i) => call.About("get", "pods", $"web-{i % 5}", status: i % 10 == 9 ? 403 : 200) with { User = user });

    private static string Line(int allowed, int denied, string names = "web-0,web-1,web-2,web-3,web-4") => $"shop::pods/ get {allowed}-{denied}-0 {names}";

    [Fact]
    public async Task Calls_WhereverTheyLie_CountOnce()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel, grace: 60);
        var calls = Reads(200);
        await store.DeliverAsync(calls, Cancel);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(180, 20)]);

        // Its rows stay for a while.
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((200, 0, 200));
        (await store.ScalarAsync<long>("select sum(calls)::bigint from access_day", Cancel)).ShouldBe(200);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(180, 20)]);

        // They come again, and others late, which lie in the overflow table and are sealed in the end.
        await store.DeliverAsync([.. calls, .. Reads(10)], Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((200, 10, 200));
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(189, 21)]);
        await store.AgeAsync(Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 10, 200));
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(189, 21)]);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 210));
        (await store.ScalarAsync<long>("select sum(calls)::bigint from access_day", Cancel)).ShouldBe(210);
        var review = await store.ReviewAsync("alice", Cancel);
        review.Lines().ShouldBe([Line(189, 21)]);
        (review.Days, review.DaysSeen, review.DaysIncomplete, review.RecordedSince).ShouldBe((4, 1, 0, DateOnly.FromDateTime(SealedStore.HourAgo(Ago).UtcDateTime)));
        review.Uses[0].LastAt.ShouldBe(calls[^1].Time);
        (await store.ReviewAsync("bob", Cancel)).Uses.ShouldBeEmpty();
    }

    /// <summary>What was sealed before there were counts is read call by call.</summary>
    [Fact]
    public async Task Days_ThatAreGaps_AreReadFromTheirCalls()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([.. Reads(200), .. Reads(10, user: "bob")], Cancel);
        await store.SealAsync(Cancel);
        await store.DoAsync("delete from access_day", Cancel);
        (await store.ReviewAsync("alice", Cancel)).Uses.ShouldBeEmpty();

        await store.DoAsync("insert into access_gap select distinct (hour at time zone 'UTC')::date, 0 from segment", Cancel);

        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(180, 20)]);
        (await store.ReviewAsync("bob", Cancel)).Lines().ShouldBe([Line(9, 1)]);
    }

    [Fact]
    public async Task Calls_ThatArePurged_AreNoEvidenceAnyMore()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([.. Reads(100), .. Reads(10, user: "bob")], Cancel);
        await store.SealAsync(Cancel);
        await store.DeliverAsync(Reads(10, hoursAgo: 2), Cancel);

        var run = ActivatorUtilities.CreateInstance<PurgeRun>(store.Services);
        var request = new PurgeRequest("user:alice name:web-1", QueryParser.Parse("user:alice name:web-1").Root!, Range, "mistake", "alice");
        await run.PurgeAsync(request, (await run.LookAsync(request, Cancel)).Keys, (_, _) => { }, Cancel);

        (await store.ScalarAsync<bool>("select bool_or('web-1' = any(names)) from access_day d join dim u on u.id = d.user_id where u.value = 'bob'", Cancel)).ShouldBeTrue();
        (await store.ScalarAsync<long>("select count(*) from access_day d join dim u on u.id = d.user_id where u.value = 'alice'", Cancel)).ShouldBe(0);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(77, 11, "web-0,web-2,web-3,web-4")]);
        (await store.ReviewAsync("bob", Cancel)).Lines().ShouldBe([Line(9, 1)]);

        // What is sealed later of that day is counted, though not asked.
        await store.SealAsync(Cancel);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(77, 11, "web-0,web-2,web-3,web-4")]);
    }

    [Fact]
    public async Task SealedCalls_ThatAreOfSomebodyElse_CountForThem()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var calls = Reads(20, user: "claimed");
        await store.DeliverAsync(calls, Cancel);
        await store.SealAsync(Cancel);

        await store.PostAuditAsync(Cancel, calls.Take(5).Select(call => AuditSample.Of(call).With("user", new System.Text.Json.Nodes.JsonObject { ["username"] = "alice", ["groups"] = AuditSample.Texts(["dev"]) })).ToList());
        await store.ResolveAsync(Cancel);

        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(5, 0)]);
        (await store.ReviewAsync("claimed", Cancel)).Lines().ShouldBe([Line(13, 2)]);
    }

    [Fact]
    public async Task Calls_ThatAreHeldAndLetGo_CountOnce()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Reads(100), Cancel);
        await store.SealAsync(Cancel);
        await store.DeliverAsync(Reads(10, hoursAgo: 2), Cancel);
        var (holds, keeper) = (store.Services.GetRequiredService<HoldTable>(), store.Services.GetRequiredService<HoldKeeper>());
        await holds.AddAsync("case-1", "name:web-1", Range, "why", "alice", Cancel);

        await keeper.KeepAsync(PartitionTable.Chunk, SealedStore.HourAgo(Ago).UtcDateTime.Date, Cancel);
        await keeper.KeepAsync(PartitionTable.Call, PartitionTable.Call.StartOf(SealedStore.HourAgo(2).UtcDateTime), Cancel);
        (await store.PlacesAsync(Cancel)).Overflow.ShouldBe(22);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(99, 11)]);
        await store.SealAsync(Cancel);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(99, 11)]);

        await holds.ReleaseAsync("case-1", "alice", Cancel);
        await keeper.LetGoAsync(Cancel);
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(99, 11)]);
        await store.AgeAsync(Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 110));
        (await store.ReviewAsync("alice", Cancel)).Lines().ShouldBe([Line(99, 11)]);
    }

    [Fact]
    public async Task Days_OutliveTheirCalls_UntilTheirOwnAge()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        string[] settings = [.. SealedStore.Settings, "--Sealing:GraceMinutes=0", "--Retention:AccessReviewDays=150"];
        await using (var store = await TestStore.StartAsync(database, folder, Cancel, settings: settings))
        {
            await store.WaitUntilReadyAsync(Cancel);
            await store.DeliverAsync([.. Reads(20), .. Reads(10, user: "bob")], Cancel);
            await store.SealAsync(Cancel);
            await store.DoAsync("insert into access_gap select d.day, d.user_id from access_day d join dim u on u.id = d.user_id where u.value = 'bob' limit 1", Cancel);
        }

        await using (var store = await TestStore.StartAsync(database, folder, Cancel, new ShiftedTime(TimeSpan.FromDays(100)), settings))
        {
            await store.WaitUntilReadyAsync(Cancel);
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            (await store.SearchAsync("", Cancel, "now-200d")).ShouldBeEmpty();
            (await store.ReviewAsync("alice", Cancel, from: "now-110d")).Lines().ShouldBe([Line(18, 2)]);
            var bob = await store.ReviewAsync("bob", Cancel, from: "now-110d");
            (bob.Uses.Count, bob.DaysIncomplete, bob.Yaml).ShouldBe((0, 1, ""));
        }

        await using (var store = await TestStore.StartAsync(database, folder, Cancel, new ShiftedTime(TimeSpan.FromDays(152)), settings))
        {
            await store.WaitUntilReadyAsync(Cancel);
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            (await store.ScalarAsync<long>("select (select count(*) from access_day) + (select count(*) from access_gap)", Cancel)).ShouldBe(0);
        }
    }
}
