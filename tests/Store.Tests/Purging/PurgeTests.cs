using System.Text;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Holds;
using KubeLens.Store.Packing;
using KubeLens.Store.Partitions;
using KubeLens.Store.Purging;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Counts;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Purging;

public sealed class PurgeTests(PostgresServer postgres)
{
    private const string All = "name:sealed-* OR name:late-* OR name:hot-*";

    // Of each place; all of chunk 0 of the sealed ones is in names 0 to 63.
    private const string Wrong = "name:sealed-1? OR name:sealed-7 OR name:late-1 OR name:hot-3";
    private const int WrongCount = 13;

    private static readonly TimeRange Range = new(VerifiedStore.SealedAt.AddHours(-1), VerifiedStore.HotAt.AddHours(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="grace">With one, the rows and packs of the sealed calls are still there beside them.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Purge_TakesWhatItFindsAndNothingElse(int grace)
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel, grace);
        if (grace > 0)
        {
            await store.DoAsync("update segment set state = 2", Cancel);
        }

        var others = await store.DescribeAsync($"({All}) -({Wrong})", Cancel);
        (await TextOfPacksAsync(store)).ShouldContain("of hot-3.");

        (await PurgeAsync(store, Wrong)).ShouldBe(WrongCount);

        (await store.SearchAsync(Wrong, Cancel)).ShouldBeEmpty();
        (await store.DescribeAsync(All, Cancel)).ShouldBe(others);
        var left = await TextOfPacksAsync(store);
        foreach (var name in (string[])["sealed-10", "sealed-19", "sealed-7", "late-1", "hot-3"])
        {
            left.ShouldNotContain($"of {name}.");
        }

        left.ShouldContain("of sealed-8.");
        left.ShouldContain("of sealed-100.");
        left.ShouldContain("of hot-4.");
        (await store.HistogramAsync("", CountedStore.Text(Range.From), CountedStore.Text(Range.To), Cancel)).Quality.ShouldBe(new CountQuality(CountQuality.Exact, Range.From, others.Count));
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        (await store.ScalarAsync<string>("select calls || ' ' || purged_by || ' ' || reason || ' ' || (finished_at is not null) from purge", Cancel)).ShouldBe($"{WrongCount} alice mistake true");
        (await PurgeAsync(store, Wrong)).ShouldBe(0);
    }

    [Fact]
    public async Task Purge_OfAllOfAPlace_LeavesNothingThere()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);

        (await PurgeAsync(store, "")).ShouldBe(VerifiedStore.Sealed + VerifiedStore.Late + VerifiedStore.Hot);

        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 0));
        (await store.ScalarAsync<long>("select (select count(*) from pack) + (select count(*) from body_pack)", Cancel)).ShouldBe(0);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delivery_OfWhatWasPurged_IsStoredNoSecondTime()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var batch = VerifiedStore.Batch("hot", 10, VerifiedStore.HotAt);
        await store.DeliverAsync(batch.Take(6), Cancel);
        (await PurgeAsync(store, "name:hot-3")).ShouldBe(1);

        await store.DeliverAsync(batch, Cancel);

        (await store.SearchAsync(All, Cancel)).Select(item => item.Name).Order().ShouldBe([.. Enumerable.Range(0, 10).Where(i => i != 3).Select(i => $"hot-{i}")]);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        await store.SealAsync(Cancel);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        (await store.DescribeAsync("name:hot-4", Cancel)).ShouldHaveSingleItem().ShouldContain("of hot-4.");
    }

    [Fact]
    public async Task Purge_OfWhatIsHeld_IsRefusedWhole()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        var hold = store.Services.GetRequiredService<HoldTable>();
        await hold.AddAsync("case-1", "name:sealed-12", Range, "why", "alice", Cancel);
        await hold.AddAsync("elsewhere", "name:hot-*", new TimeRange(Range.From, VerifiedStore.SealedAt), "why", "alice", Cancel);

        (await Should.ThrowAsync<ArgumentException>(PurgeAsync(store, Wrong))).Message.ShouldContain("the legal hold case-1 keeps calls that it finds");

        (await store.SearchAsync(Wrong, Cancel)).Count.ShouldBe(WrongCount);
        (await PurgeAsync(store, $"({Wrong}) -(name:sealed-12)")).ShouldBe(WrongCount - 1);
        await hold.ReleaseAsync("case-1", "alice", Cancel);
        (await PurgeAsync(store, Wrong)).ShouldBe(1);
    }

    /// <summary>A hold that was placed between the look and the deed is seen by the deed.</summary>
    [Fact]
    public async Task Purge_OfWhatIsHeldSince_Stops()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        var (run, request) = (ActivatorUtilities.CreateInstance<PurgeRun>(store.Services), Request(Wrong));
        var hours = await run.LookAsync(request, Cancel);
        await store.Services.GetRequiredService<HoldTable>().AddAsync("case-1", "name:hot-3", Range, "why", "alice", Cancel);

        await Should.ThrowAsync<ArgumentException>(run.PurgeAsync(request, hours.Keys, (_, _) => { }, Cancel));

        (await store.SearchAsync(Wrong, Cancel)).ShouldHaveSingleItem().Name.ShouldBe("hot-3");
        (await store.ScalarAsync<bool>("select calls = 12 and finished_at is null from purge", Cancel)).ShouldBeTrue();
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    /// <summary>What a hold took out of a segment left its bodies there.</summary>
    [Fact]
    public async Task Purge_OfWhatWasHeld_TakesEveryCopy()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        var hold = store.Services.GetRequiredService<HoldTable>();
        await hold.AddAsync("case-1", Wrong, Range, "why", "alice", Cancel);
        var keeper = store.Services.GetRequiredService<HoldKeeper>();
        await keeper.KeepAsync(PartitionTable.Chunk, VerifiedStore.SealedAt.UtcDateTime.Date, Cancel);
        await keeper.KeepAsync(PartitionTable.Call, PartitionTable.Call.StartOf(VerifiedStore.HotAt.UtcDateTime), Cancel);
        (await store.ScalarAsync<long>("select count(*) from pack_held", Cancel)).ShouldBe(WrongCount - 1); // the late one lies where nothing is due
        await hold.ReleaseAsync("case-1", "alice", Cancel);

        (await PurgeAsync(store, Wrong)).ShouldBe(WrongCount);

        var left = await TextOfPacksAsync(store);
        left.ShouldNotContain("of sealed-12.");
        left.ShouldNotContain("of hot-3.");
        left.ShouldContain("of sealed-8.");
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    /// <summary>Killed within an hour: that hour is as it was, those before are done, and the same command goes on.</summary>
    [Fact]
    public async Task Purge_KilledInItsMiddle_GoesOnWhenItIsRepeated()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await using (await store.LockAsync("call", "exclusive", Cancel))
        {
            var purging = PurgeAsync(store, Wrong);
            await Eventually.Async(async () => await store.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock' and query ilike 'delete from call %'", Cancel) > 0, Cancel);
            await Should.ThrowAsync<NpgsqlException>(purging);
        }

        (await store.SearchAsync(Wrong, Cancel)).Count.ShouldBe(WrongCount);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        (await PurgeAsync(store, Wrong)).ShouldBe(WrongCount);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Purge_WhileTheStoreRuns_IsExact()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        using var enough = new CancellationTokenSource();
        var delivered = 0;
        var busy = Task.Run(async () =>
        {
            for (var hours = 9; !enough.IsCancellationRequested; hours = hours > 3 ? hours - 1 : 9)
            {
                await store.DeliverAsync(VerifiedStore.Batch("busy", 20, SealedStore.HourAgo(hours)), Cancel);
                delivered += 20;
                await store.AgeAsync(Cancel);
                await store.SealAsync(Cancel);
                await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            }
        }, Cancel);

        var purged = 0L;
        for (var i = 0; i < 6; i++)
        {
            purged += await PurgeAsync(store, "name:busy-1?", new TimeRange(SealedStore.HourAgo(12), SealedStore.HourAgo(0)));
        }

        await enough.CancelAsync();
        await busy;
        purged += await PurgeAsync(store, "name:busy-1?", new TimeRange(SealedStore.HourAgo(12), SealedStore.HourAgo(0)));
        purged.ShouldBe(delivered / 2);
        (await store.SearchAsync("name:busy-*", Cancel)).Count.ShouldBe(delivered / 2);
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Command_SaysWhatWouldGoAndDoesItWhenTold()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        Task<ProcessResult> Run(params string[] arguments) => StoreProcess.RunAsync(store.ConnectionString, Cancel, ["purge", "--from", "now-1d", "--to", "now", .. arguments]);

        var look = await Run("--q", Wrong);
        look.ExitCode.ShouldBe(0, look.Error);
        look.Output.ShouldBe($"{VerifiedStore.SealedAt:yyyy-MM-ddTHH}Z: 12 calls\n{VerifiedStore.HotAt:yyyy-MM-ddTHH}Z: 1 calls\n13 calls in 2 hours would go. Nothing was purged: --yes does it.\n");
        (await store.SearchAsync(Wrong, Cancel)).Count.ShouldBe(WrongCount);
        (await Run("--q", Wrong, "--yes")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("--reason has to be one line"));
        (await Run("--q", "shape:round")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("--q: "));

        var done = await Run("--q", Wrong, "--yes", "--reason", "captured by mistake", "--by", "carol");
        done.ExitCode.ShouldBe(0, done.Error);
        done.Output.ShouldEndWith("13 calls in 2 hours were purged\n");
        done.Error.ShouldContain("carol purged 13 calls: q=name:sealed-1? OR ");
        (await store.SearchAsync(Wrong, Cancel)).ShouldBeEmpty();
    }

    private static PurgeRequest Request(string query, TimeRange? range = null) => new(query, QueryParser.Parse(query).Root!, range ?? Range, "mistake", "alice");

    private static async Task<long> PurgeAsync(TestStore store, string query, TimeRange? range = null)
    {
        var run = ActivatorUtilities.CreateInstance<PurgeRun>(store.Services);
        var request = Request(query, range);
        return await run.PurgeAsync(request, (await run.LookAsync(request, Cancel)).Keys, (_, _) => { }, Cancel);
    }

    /// <summary>All that there is in packs, whether a call needs it or not.</summary>
    private static async Task<string> TextOfPacksAsync(TestStore store)
    {
        var text = new StringBuilder();
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("select codec, data, raw_length from pack union all select codec, data, raw_length from body_pack", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
        {
            text.Append(Encoding.UTF8.GetString(PackCodec.Decompress(reader.GetInt16(0), reader.GetFieldValue<byte[]>(1), reader.GetInt32(2))));
        }

        return text.ToString();
    }
}
