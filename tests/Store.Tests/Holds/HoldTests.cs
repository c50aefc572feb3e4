using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Counts;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Holds;

public sealed class HoldTests(PostgresServer postgres)
{
    private const string All = "name:sealed-* OR name:late-* OR name:hot-*";

    // One of each place, and some more of the sealed.
    private const string Held = "name:sealed-1? OR name:late-1 OR name:hot-3";
    private const int HeldCount = 12;

    private static readonly TimeRange Range = new(VerifiedStore.SealedAt.AddHours(-1), VerifiedStore.HotAt.AddHours(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retention_ByAge_LeavesWhatIsHeldAndTakesTheRest()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        List<string> before;
        await using (var store = await StartAsync(database, folder, 0))
        {
            await store.FillAsync(Cancel);
            await HoldAsync(store, "case-1", Held);
            before = await DescribeAsync(store, Held);
            before.Count.ShouldBe(HeldCount);
            await RunAsync(store);
            (await store.ScalarAsync<long>("select count(*) from pack_held", Cancel)).ShouldBe(0); // nothing is due
        }

        await using (var store = await StartAsync(database, folder, 31))
        {
            await RunAsync(store);
            (await DescribeAsync(store, Held)).ShouldBe(before);
            (await NamesAsync(store)).Count.ShouldBe(VerifiedStore.Sealed + VerifiedStore.Late + VerifiedStore.Hot);
            (await CountAsync(store)).ShouldBe(VerifiedStore.Sealed + VerifiedStore.Late + VerifiedStore.Hot);
            (await DescribeAsync(store, "name:sealed-2? OR name:hot-4")).ShouldAllBe(call => call.Contains("\"expired\"", StringComparison.Ordinal));
            (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
            await store.SealAsync(Cancel);
            (await store.ScalarAsync<long>($"select count(*) from call_overflow where not {HeldDays.NotHeld}", Cancel)).ShouldBe(HeldCount);
        }

        await using (var store = await StartAsync(database, folder, 95))
        {
            await RunAsync(store);
            await store.SealAsync(Cancel);
            (await DescribeAsync(store, All)).ShouldBe(before);
            (await CountAsync(store)).ShouldBe(HeldCount);
            (await store.PlacesAsync(Cancel)).ShouldBe((0, HeldCount, 0));
            (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
            (await store.Services.GetRequiredService<HoldTable>().ReleaseAsync("case-1", "bob", Cancel)).ShouldBeTrue();
            await RunAsync(store);
            (await DescribeAsync(store, All)).ShouldAllBe(call => call.Contains("\"expired\"", StringComparison.Ordinal));
            (await store.ScalarAsync<long>("select count(*) from pack_held", Cancel)).ShouldBe(0);
            store.Logs.Lines.ShouldContain(line => line.Id.Id == 1394 && line.Text.Contains($"case-1 was released; {HeldCount} calls", StringComparison.Ordinal));
            await RunAsync(store);
            (await NamesAsync(store)).ShouldBeEmpty();
            (await CountAsync(store)).ShouldBe(0);
        }
    }

    private static async Task<long> CountAsync(TestStore store)
    {
        var histogram = await store.HistogramAsync("", CountedStore.Text(VerifiedStore.SealedAt.AddHours(-1)), CountedStore.Text(VerifiedStore.HotAt.AddHours(1)), Cancel);
        histogram.Quality.Basis.ShouldBe(CountQuality.Exact);
        return histogram.Quality.Calls;
    }

    /// <summary>The calls go before their headers and bodies were due.</summary>
    [Fact]
    public async Task Retention_BySize_SaysWhatItCannotHave()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, [.. SealedStore.Settings, "--Sealing:GraceMinutes=0", "--Retention:MaxBytes=1"]);
        var at = SealedStore.HourAgo(50);
        await store.DeliverAsync(VerifiedStore.Batch("sealed", 100, at), Cancel);
        await store.SealAsync(Cancel);
        await store.DeliverAsync(VerifiedStore.Batch("hot", 10, at.AddHours(1)), Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "now")], Cancel);
        await HoldAsync(store, "case-1", "name:sealed-1? OR name:hot-3", new TimeRange(at.AddHours(-1), at.AddHours(3)));
        await HoldAsync(store, "case-2", "name:sealed-10 OR name:sealed-20", new TimeRange(at.AddHours(-1), at.AddHours(3)));
        var before = await DescribeAsync(store, "name:sealed-1? OR name:sealed-20 OR name:hot-3 OR name:now");
        before.Count.ShouldBe(13);

        await RunAsync(store);

        (await DescribeAsync(store, "")).ShouldBe(before);
        store.Logs.Lines.ShouldContain(line => line.Id.Id == 1395 && line.Text.StartsWith("12 calls with ", StringComparison.Ordinal));
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
        await store.Services.GetRequiredService<HoldTable>().ReleaseAsync("case-1", "bob", Cancel);
        await RunAsync(store);
        var after = await DescribeAsync(store, "name:sealed-1? OR name:sealed-20 OR name:hot-3");
        after.Count(call => call.Contains("\"expired\"", StringComparison.Ordinal)).ShouldBe(10);
        after.Where(call => !call.Contains("\"expired\"", StringComparison.Ordinal)).ShouldBe(before.Where(call => call.Contains("of sealed-10.", StringComparison.Ordinal) || call.Contains("of sealed-20.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Retention_OfTheOverflowTable_LeavesWhatIsHeld()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var at = SampleCalls.Now.AddDays(-300);
        await store.DeliverAsync(VerifiedStore.Batch("late", 4, at), Cancel);
        await HoldAsync(store, "case-1", "name:late-2", new TimeRange(at.AddDays(-1), at.AddDays(1)));

        await RunAsync(store);

        (await store.SearchAsync("", Cancel, from: "2020-01-01")).ShouldHaveSingleItem().Name.ShouldBe("late-2");
        (await DescribeAsync(store, "")).ShouldHaveSingleItem().ShouldContain("of late-2.");
        (await store.VerifyAsync(Cancel)).ShouldBeEmpty();
    }

    /// <summary>Nothing is dropped that was not looked through: a hold or a call that came in between is.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Drop_AfterAHoldOrACallCameInBetween_Waits(bool hold)
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await HoldAsync(store, "case-1", "name:hot-3");
        var (catalog, start) = (store.Services.GetRequiredService<PartitionCatalog>(), PartitionTable.Call.StartOf(VerifiedStore.HotAt.UtcDateTime));
        var unless = await store.Services.GetRequiredService<HoldKeeper>().KeepAsync(PartitionTable.Call, start, Cancel);
        (await store.PlacesAsync(Cancel)).ShouldBe((VerifiedStore.Hot - 1, VerifiedStore.Late + 1, VerifiedStore.Sealed));
        await (hold ? (Task)HoldAsync(store, "case-2", "name:hot-4") : store.DeliverAsync(VerifiedStore.Batch("more", 1, VerifiedStore.HotAt), Cancel));

        (await catalog.TryDropAsync(PartitionTable.Call, start, Cancel, unless)).ShouldBeFalse();

        unless = await store.Services.GetRequiredService<HoldKeeper>().KeepAsync(PartitionTable.Call, start, Cancel);
        (await catalog.TryDropAsync(PartitionTable.Call, start, Cancel, unless)).ShouldBeTrue();
        (await NamesAsync(store, "name:hot-*")).ShouldBe(hold ? ["hot-3", "hot-4"] : ["hot-3"]);
    }

    [Fact]
    public async Task Hold_ThatThisVersionCannotRead_KeepsEverything()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var store = await StartAsync(database, folder, 0))
        {
            await store.FillAsync(Cancel);
            await store.Services.GetRequiredService<HoldTable>().AddAsync("case-9", "shape:round", Range, "why", "alice", Cancel);
        }

        await using (var store = await StartAsync(database, folder, 31))
        {
            (await Should.ThrowAsync<InvalidDataException>(RunAsync(store))).Message.ShouldContain("case-9");
            store.Logs.Lines.ShouldContain(line => line.Id.Id == 1393 && line.Text.Contains("is due and is not dropped", StringComparison.Ordinal));
            (await DescribeAsync(store, Held)).ShouldAllBe(call => !call.Contains("\"expired\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Command_AddsListsAndReleases()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        Task<ProcessResult> Run(params string[] arguments) => StoreProcess.RunAsync(store.ConnectionString, Cancel, ["hold", .. arguments]);

        (await Run("add", "--name", "case-1", "--q", "name:hot-3", "--from", "now-1d", "--reason", "court order 7", "--by", "alice")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0, r.Error), r => r.Output.ShouldStartWith("case-1 holds from now on: q=name:hot-3, from "));
        (await Run("add", "--name", "case-1", "--q", "name:x", "--from", "now-1d", "--reason", "again")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("--name: there is a legal hold case-1 already"));
        (await Run("add", "--name", "case-2", "--q", "shape:round", "--from", "whenever", "--reason", "again")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("--q: "), r => r.Error.ShouldContain("--from: "));
        (await Run("release", "--name", "case-7")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("no legal hold case-7 is in force; there are case-1."));
        (await Run("release", "--name", "case-1", "--by", "bob")).ExitCode.ShouldBe(0);
        var list = await Run("list");
        list.Output.ShouldMatch(@"^case-1: released \S+Z by bob; placed \S+Z by alice; court order 7; q=name:hot-3, from \S+ to \S+\n$");
        list.Error.ShouldContain("0 calls are kept beyond their time");
    }

    private static Task<long> HoldAsync(TestStore store, string name, string query, TimeRange? range = null) =>
        store.Services.GetRequiredService<HoldTable>().AddAsync(name, query, range ?? Range, "why", "alice", Cancel);

    private static Task RunAsync(TestStore store) => store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);

    private static async Task<TestStore> StartAsync(string database, TempFolder folder, int days)
    {
        var store = await TestStore.StartAsync(database, folder, Cancel, new ShiftedTime(TimeSpan.FromDays(days)), [.. SealedStore.Settings, "--Sealing:GraceMinutes=0"]);
        await store.Services.GetRequiredService<DatabaseState>().WaitUntilMigratedAsync(Cancel);
        return store;
    }

    private static async Task<List<string>> NamesAsync(TestStore store, string query = All) => [.. (await store.SearchAsync(query, Cancel, from: "2020-01-01", to: "2100-01-01")).Select(item => item.Name).Order(StringComparer.Ordinal)];

    private static Task<List<string>> DescribeAsync(TestStore store, string query) => store.DescribeAsync(query, Cancel, from: "2020-01-01", to: "2100-01-01");
}
