using KubeLens.Contracts.Query;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Verifying;

public sealed class VerifyTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string SealedHour => VerifiedStore.SealedAt.ToString("yyyy-MM-ddTHH'Z'", null);

    private static string HotHour => VerifiedStore.HotAt.ToString("yyyy-MM-ddTHH'Z'", null);

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Verify_OfWhatIsWhole_HasNothingToSay(int grace)
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel, grace);
        if (grace > 0)
        {
            await store.DoAsync("update segment set state = 2", Cancel); // its rows are still there, and do not count
        }

        var (totals, lines) = await store.VerifyInFullAsync(Cancel);

        lines.ShouldBeEmpty();
        (totals.Calls, totals.SealedCalls, totals.Batches, totals.PartlyCompared).ShouldBe((VerifiedStore.Late + VerifiedStore.Hot, VerifiedStore.Sealed, 3, 0));
        totals.Packs.ShouldBeGreaterThan(2);
        (await store.PlacesAsync(Cancel)).ShouldBe((VerifiedStore.Hot + (grace > 0 ? VerifiedStore.Sealed : 0), VerifiedStore.Late, VerifiedStore.Sealed));
    }

    /// <summary>One thing of each kind; the line names it and no other is there.</summary>
    [Theory]
    [InlineData("update pack set data = set_byte(data, 0, get_byte(data, 0) # 255) where batch_id = (select batch_id from call limit 1)", "rows of {hot}, pack ", "its bytes do not decode")]
    [InlineData("update pack set calls = calls + 1 where batch_id = (select batch_id from call_overflow limit 1)", "rows of {sealed}, pack ", "it says that it has 4 places and has 3")]
    [InlineData("delete from pack where batch_id = (select batch_id from call limit 1)", "rows of {hot}, pack ", "it is not there, and its day has not been dropped; headers and bodies of 20 calls")]
    [InlineData("update call set pack_ord = 20 where ord = 0", "rows of {hot}, pack ", "it has 20 places, and not those that they name; headers and bodies of 1 calls")]
    [InlineData("update body_pack set data = set_byte(data, 0, get_byte(data, 0) # 255) where pack_no = 0", "segment 1 of {sealed}, pack 0 of drop day", "its bytes do not decode")]
    [InlineData("delete from body_pack", "segment 1 of {sealed}, pack 0 of drop day", "it is not there, and its day has not been dropped; headers and bodies of 200 calls")]
    [InlineData("update call_chunk set data = set_byte(data, offsets[29], 7) where chunk_no = 1", "segment 1 of {sealed}, chunk 1", "its column name does not decode")]
    [InlineData("update call_chunk set data = substring(data for octet_length(data) - 9) where chunk_no = 1", "segment 1 of {sealed}, chunk 1", "its column audited_at does not decode")]
    [InlineData("update call_chunk set version = 9 where chunk_no = 0", "segment 1 of {sealed}, chunk 0", "its version is 9")]
    [InlineData("update call_chunk set ts_max = ts_max - interval '2 seconds' where chunk_no = 0", "segment 1 of {sealed}, chunk 0", "2 of its 64 calls lie outside of its day and times")]
    [InlineData("update call_chunk set dims = array_remove(dims, (select id from dim where kind = 1 and value = 'alice')) where chunk_no = 2", "segment 1 of {sealed}, chunk 2", "its list of dictionary entries lacks ")]
    [InlineData("update call_chunk set bloom = decode(repeat('00', octet_length(bloom)), 'hex') where chunk_no = 2", "segment 1 of {sealed}, chunk 2", "its bloom lacks")]
    [InlineData("update call_chunk set signature = decode(repeat('00', octet_length(signature)), 'hex') where chunk_no = 2", "segment 1 of {sealed}, chunk 2", "its signature lacks")]
    [InlineData("update segment set hour = hour - interval '1 hour'", "segment 1 of ", "64 of its 64 calls are of another hour", 6)]
    [InlineData("update segment set calls = 201", "segment 1 of {sealed}", "it was sealed with 201 calls, and its chunks have 200")]
    [InlineData("delete from segment", "segment 1 of {sealed}", "it has chunks with 200 calls, and is not in the table segment", 2)]
    [InlineData("delete from call where ord in (3, 5)", "batch ", "2 of its calls are in the ledger and are not there: 3, 5", 2)]
    [InlineData("delete from call_overflow where ord = 1", "batch ", "1 of its calls are in the ledger and are not there: 1", 2)]
    [InlineData("delete from call where ord in (3, 5)", "rollups of {hot}", "rollup_user counts 20 calls, and 18 are there; 1 of its counts are wrong", 2)]
    [InlineData("update rollup_user set calls = calls + 1 where at >= (select min(at) from call) - interval '5 minutes'", "rollups of {hot}", "rollup_user counts 21 calls, and 20 are there; 1 of its counts are wrong")]
    [InlineData("update rollup_resource set verb_id = 0 where at < (select min(at) from call) - interval '5 minutes'", "rollups of {sealed}", "rollup_resource counts 203 calls, and 203 are there; ")]
    [InlineData("delete from rollup_namespace where at < (select min(at) from call) - interval '5 minutes'", "rollups of {sealed}", "rollup_namespace counts 0 calls, and 203 are there; ")]
    [InlineData("update ingest_batch set stored = set_bit(stored, 7, 0) where size = 20", "batch ", "1 of its calls are there and are not in the ledger: 7")]
    [InlineData("insert into call select * from call where ord = 4", "batch ", "its call 4 is there twice", 2)]
    [InlineData("insert into call_overflow select * from call where ord = 4", "batch ", "its call 4 is there twice", 2)]
    public async Task Verify_AfterOneThingIsDamaged_SaysExactlyThat(string damage, string where, string what, int lines = 1)
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();

        (await store.DoAsync(damage, Cancel)).ShouldNotBe("0");

        var found = await store.VerifyAsync(Cancel);
        found.Count.ShouldBe(lines, string.Join('\n', found));
        var start = where.Replace("{hot}", HotHour, StringComparison.Ordinal).Replace("{sealed}", SealedHour, StringComparison.Ordinal);
        found.First(line => line.StartsWith(start, StringComparison.Ordinal)).ShouldContain(what);
        found.ShouldAllBe(line => line.Contains(". Next: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AfterADictionaryEntryWent_NamesItWhereverItIsUsed()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        var id = await store.ScalarAsync<int>("delete from dim where kind = 6 and value = 'get' returning id", Cancel);

        var found = await store.VerifyAsync(Cancel);

        found.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe([$"rows of {SealedHour}", $"segment 1 of {SealedHour}", $"rows of {HotHour}"]);
        found.ShouldAllBe(line => line.Contains($"are not in dim: {id};", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_OfARange_LooksAtNoOtherHour()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await DropAsync(store);
        await store.DoAsync("delete from body_pack", Cancel);

        (await store.VerifyAsync(Cancel, new TimeRange(VerifiedStore.HotAt, VerifiedStore.HotAt))).ShouldBeEmpty();
        (await store.VerifyAsync(Cancel, new TimeRange(VerifiedStore.SealedAt, VerifiedStore.SealedAt))).ShouldHaveSingleItem().ShouldContain("pack 0");
    }

    /// <summary>A batch whose ledger row is older than the check, or of which retention may have dropped calls, is not missed.</summary>
    [Theory]
    [InlineData("update ingest_batch set oldest = null")]
    [InlineData("update call_floor set at = now()")]
    public async Task Verify_OfCallsThatMayHaveBeenDropped_DoesNotMissThem(string known)
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await store.DoAsync(known, Cancel);
        await DropAsync(store);

        var (totals, lines) = await store.VerifyInFullAsync(Cancel);

        lines.ShouldBeEmpty();
        totals.PartlyCompared.ShouldBe(3);
    }

    [Fact]
    public async Task Verify_AfterRetentionTookWhatWasOldest_DoesNotMissIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, [.. SealedStore.Settings, "--Sealing:GraceMinutes=0", "--Retention:MaxBytes=1"]);
        var yesterday = SealedStore.HourAgo(48);
        await store.DeliverAsync(VerifiedStore.Batch("old", 70, yesterday), Cancel);
        await store.SealAsync(Cancel);
        await store.DeliverAsync(VerifiedStore.Batch("rows", 5, yesterday.AddHours(1)), Cancel);

        await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);

        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 0));
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        await store.DeliverAsync(VerifiedStore.Batch("late", 5, yesterday), Cancel);
        await store.AgeAsync(Cancel);
        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 5));
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    /// <summary>While calls are stored, sealed and dropped, nothing seems wrong that is not.</summary>
    [Fact]
    public async Task Verify_WhileTheStoreRuns_FindsNothing()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        using var enough = new CancellationTokenSource();
        var busy = Task.Run(async () =>
        {
            for (var hours = 12; !enough.IsCancellationRequested; hours = hours > 3 ? hours - 1 : 12)
            {
                await store.DeliverAsync(VerifiedStore.Batch("busy", 70, SealedStore.HourAgo(hours)), Cancel);
                await store.AgeAsync(Cancel);
                await store.SealAsync(Cancel);
            }
        }, Cancel);

        for (var i = 0; i < 8; i++)
        {
            (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        }

        await enough.CancelAsync();
        await busy;
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    // As retention does: nothing is said of the counts of its hour.
    private static Task<long> DropAsync(TestStore store) =>
        store.ScalarAsync<long>("with gone as (delete from call where ord = 3 returning at), marked as (insert into rollup_gap select date_trunc('hour', at, 'UTC') from gone returning 1) select count(*) from marked", Cancel);
}
