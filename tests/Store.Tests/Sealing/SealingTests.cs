using KubeLens.Contracts.Calls;
using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Sealing;

public sealed class SealingTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hour_ThatIsNotOver_IsLeftAlone()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One() with { Time = SampleCalls.Now }], Cancel);

        await store.SealAsync(Cancel);

        (await store.PlacesAsync(Cancel)).ShouldBe((1, 0, 0));
        (await store.ScalarAsync<long>("select count(*) from segment", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Late_CallsOfASealedHour_AreFoundAndSealedAsWell()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel, grace: 60);
        await store.DeliverAsync(Batch("early", 20), Cancel);
        await store.SealAsync(Cancel);

        // Its rows stay for a while, and do not answer any more.
        (await store.PlacesAsync(Cancel)).ShouldBe((20, 0, 20));
        await store.DeliverAsync(Batch("late", 3), Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((20, 3, 20));
        (await NamesAsync(store)).ShouldBe([("early", 20), ("late", 3)]);

        await store.AgeAsync(Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 3, 20));
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 23));
        (await NamesAsync(store)).ShouldBe([("early", 20), ("late", 3)]);

        // Now they make a leaf again, which is a segment of its own in time.
        await store.DeliverAsync(Batch("later", 5), Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((5, 0, 23));
        (await NamesAsync(store)).ShouldBe([("early", 20), ("late", 3), ("later", 5)]);
        await store.AgeAsync(Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(28);
        (await NamesAsync(store)).ShouldBe([("early", 20), ("late", 3), ("later", 5)]);
        (await BodiesAsync(store)).ShouldBe(["whole"]);
    }

    [Fact]
    public async Task Delivery_OfWhatIsSealed_IsStoredNoSecondTime()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var batch = Batch("early", 20);
        await store.DeliverAsync(batch.Take(12), Cancel);
        await store.SealAsync(Cancel);

        await store.DeliverAsync(batch, Cancel);

        (await NamesAsync(store)).ShouldBe([("early", 20)]);
        (await store.PlacesAsync(Cancel)).ShouldBe((8, 0, 12));
    }

    /// <summary>Killed after the hour was closed and before its chunks were there: as if it had not begun.</summary>
    [Fact]
    public async Task Sealing_KilledInItsMiddle_LosesAndDoublesNothing()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);

        // Both of one day: the lock would be in the way of the second day's partition.
        await store.DeliverAsync(Batch("first", 5, HoursSinceYesterdayAt(10)), Cancel);
        await store.SealAsync(Cancel);
        await store.DeliverAsync(Batch("early", 300, HoursSinceYesterdayAt(12)), Cancel);
        await using (await store.LockAsync("call_chunk", "exclusive", Cancel))
        {
            var sealing = store.SealAsync(Cancel);
            await Eventually.Async(async () => await store.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock' and query ilike 'copy call_chunk%'", Cancel) > 0, Cancel);
            await Should.ThrowAsync<NpgsqlException>(sealing);
            (await store.ScalarAsync<long>("select count(*) from segment where state = 1", Cancel)).ShouldBe(1);
            await store.DeliverAsync(Batch("late", 3, HoursSinceYesterdayAt(12)), Cancel);
        }

        (await store.PlacesAsync(Cancel)).ShouldBe((300, 3, 5));
        (await store.ScalarAsync<long>("select coalesce(sum(calls), 0)::bigint from body_pack", Cancel)).ShouldBe(5);
        (await NamesAsync(store)).ShouldBe([("early", 300), ("first", 5), ("late", 3)]);

        await store.SealAsync(Cancel);
        await store.SealAsync(Cancel); // now the hour takes the late ones
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 308));
        (await NamesAsync(store)).ShouldBe([("early", 300), ("first", 5), ("late", 3)]);
        (await BodiesAsync(store)).ShouldBe(["whole"]);
        (await store.ScalarAsync<long>("select count(*) from segment where state = 1", Cancel)).ShouldBe(0);
    }

    /// <summary>Killed between the turn of the segment and the end of the leaf, or between that and its note.</summary>
    [Fact]
    public async Task Leaf_DroppedWithoutANote_IsDroppedOnce()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel, grace: 60);
        await store.DeliverAsync(Batch("early", 20), Cancel);
        await store.SealAsync(Cancel);
        await store.ScalarAsync<string>($"select 'dropped' from (select 1) x; drop table {PartitionTable.Call.PartitionName(PartitionTable.Call.StartOf(SealedStore.HourAgo(3).UtcDateTime))}", Cancel);
        await store.AgeAsync(Cancel);

        await store.SealAsync(Cancel);

        (await NamesAsync(store)).ShouldBe([("early", 20)]);
        (await store.ScalarAsync<short>("select state from segment", Cancel)).ShouldBe((short)3);
    }

    /// <summary>An hour is closed while nobody stores calls, and whoever does so afterwards knows.</summary>
    [Fact]
    public async Task Ingest_InTheMiddleOfATransaction_IsWaitedFor()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Batch("early", 20), Cancel);
        var far = SampleCalls.One(name: "far") with { Time = SampleCalls.Now.AddDays(-60), Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()) };
        Task delivery;
        await using (await store.LockAsync("call_overflow", "share", Cancel))
        {
            delivery = store.DeliverAsync([.. Batch("during", 4), far], Cancel);
            await Eventually.Async(async () => await store.ScalarAsync<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ilike 'copy call_overflow%'", Cancel) > 0, Cancel);
            await store.SealAsync(Cancel);
            (await store.ScalarAsync<long>("select count(*) from segment", Cancel)).ShouldBe(0);
        }

        await delivery;
        await store.SealAsync(Cancel);
        (await NamesAsync(store)).ShouldBe([("during", 4), ("early", 20)]);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 1, 24));
    }

    /// <summary>The bytes of a pack, or a place in it that it does not have.</summary>
    [Theory]
    [InlineData("update pack set data = '\\x00'")]
    [InlineData("update pack set raw_length = -5")]
    [InlineData("update call set pack_ord = 900")]
    public async Task Hour_ThatIsDamaged_IsToldOfAndKeepsNoOtherWaiting(string damage)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Batch("damaged", 4, hours: 5), Cancel);
        await store.ScalarAsync<string>($"with one as ({damage} returning 1) select 'damaged' from one limit 1", Cancel);
        await store.DeliverAsync(Batch("later", 6), Cancel);

        await store.SealAsync(Cancel);
        await store.SealAsync(Cancel);

        (await store.PlacesAsync(Cancel)).ShouldBe((4, 0, 6));
        (await NamesAsync(store)).ShouldBe([("damaged", 4), ("later", 6)]);
        store.Logs.Lines.Where(line => line.Id.Id == 1390).ShouldHaveSingleItem().Text.ShouldContain($"The calls of {SealedStore.HourAgo(5).UtcDateTime:MM/dd/yyyy HH}");
        await store.DeliverAsync(Batch("late", 2, hours: 5), Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((4, 2, 6));
    }

    [Fact]
    public async Task Packs_WhoseCallsAreAllSealed_AreDropped()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var store = await StartAsync(database, folder, TimeProvider.System))
        {
            await store.DeliverAsync(Batch("early", 20), Cancel);
            await store.SealAsync(Cancel);
            (await store.ScalarAsync<long>("select count(*) from pack", Cancel)).ShouldBe(1);
        }

        await using (var store = await StartAsync(database, folder, new ShiftedTime(TimeSpan.FromDays(3))))
        {
            await store.SealAsync(Cancel);
            (await store.ScalarAsync<long>("select count(*) from pack", Cancel)).ShouldBe(0);
            (await BodiesAsync(store)).ShouldBe(["whole"]);
        }
    }

    [Fact]
    public async Task Retention_OfWhatIsSealed_HasTheSameAges()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var store = await StartAsync(database, folder, TimeProvider.System))
        {
            await store.DeliverAsync(Batch("early", 20).Select(call => call with { Retention = call.Position!.Ordinal == 0 ? "long" : "" }), Cancel);
            await store.SealAsync(Cancel);
            (await store.ScalarAsync<long>("select count(*) from body_pack", Cancel)).ShouldBe(2);
        }

        await using (var store = await StartAsync(database, folder, new ShiftedTime(TimeSpan.FromDays(31))))
        {
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            (await BodiesAsync(store)).ShouldBe(["expired", "whole"]);
        }

        await using (var store = await StartAsync(database, folder, new ShiftedTime(TimeSpan.FromDays(92))))
        {
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            (await NamesAsync(store)).ShouldBeEmpty();
            (await store.ScalarAsync<long>("select count(*) from call_chunk", Cancel)).ShouldBe(0);
            (await store.ScalarAsync<long>("select count(*) from segment", Cancel)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Hour_WithACallThatMayStillBeReplaced_Waits()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(Batch("early", 2), Cancel);
        await store.ScalarAsync<string>($"insert into call_ended select '00000000000000aa', 1, 1, at, batch_id, ord, true, now() from call limit 1 returning 'made'", Cancel);

        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((2, 0, 0));

        await store.ScalarAsync<string>("delete from call_ended returning 'forgotten'", Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 2));
    }

    private static async Task<TestStore> StartAsync(string database, TempFolder folder, TimeProvider time)
    {
        var store = await TestStore.StartAsync(database, folder, Cancel, time, [.. SealedStore.Settings, "--Sealing:GraceMinutes=0", "--Retention:Classes:long:BodyDays=60"]);
        await store.Services.GetRequiredService<DatabaseState>().WaitUntilMigratedAsync(Cancel);
        return store;
    }

    private static int HoursSinceYesterdayAt(int hour) => SampleCalls.Now.Hour + 24 - hour;

    private static List<CallRecord> Batch(string name, int size, int hours = 3) =>
        [.. SampleCalls.Batch(size, SampleCalls.NextBatchId()).Select(call => call with { Name = name, Time = SealedStore.HourAgo(hours).AddSeconds(call.Position!.Ordinal) })];

    private static async Task<IEnumerable<(string, int)>> NamesAsync(TestStore store) =>
        (await store.SearchAsync("", Cancel, from: "2020-01-01", to: "2100-01-01")).Where(item => item.Name != "far").GroupBy(item => item.Name).Select(g => (g.Key, g.Count())).Order();

    private static async Task<IEnumerable<string>> BodiesAsync(TestStore store)
    {
        var notes = new HashSet<string>();
        foreach (var item in await store.SearchAsync("", Cancel, from: "2020-01-01", to: "2100-01-01"))
        {
            var call = await store.GetAsync(item.Id, Cancel);
            notes.Add(call.ResponseBody!.Note);
            if (call.ResponseBody.Note == "whole")
            {
                call.ResponseBody.Text.ShouldBe("{\"kind\":\"Pod\"}");
            }
        }

        return notes.Order();
    }
}
