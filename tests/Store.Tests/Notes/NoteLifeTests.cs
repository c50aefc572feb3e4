using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Holds;
using KubeLens.Store.InFlight;
using KubeLens.Store.Partitions;
using KubeLens.Store.Purging;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Audit;
using KubeLens.Store.Tests.Counts;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Notes;

/// <summary>A note lives as long as its call, wherever that goes.</summary>
public sealed class NoteLifeTests(PostgresServer postgres)
{
    private static readonly string[] Noted = ["sealed-10", "sealed-20", "late-1", "hot-3", "hot-4"];

    private static readonly TimeRange Range = new(VerifiedStore.SealedAt.AddHours(-1), VerifiedStore.HotAt.AddHours(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_ForNotes_FindsRowsLateAndSealedCallsAlike()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await NoteAllAsync(store);

        (await NamesAsync(store, "has:note")).ShouldBe(Noted, ignoreOrder: true);
        (await NamesAsync(store, "has:note name:hot-*")).ShouldBe(["hot-3", "hot-4"], ignoreOrder: true);
        (await NamesAsync(store, "has:note OR name:sealed-11")).ShouldBe([.. Noted, "sealed-11"], ignoreOrder: true);
        (await NamesAsync(store, "-has:note")).Count.ShouldBe(VerifiedStore.Sealed + VerifiedStore.Late + VerifiedStore.Hot - Noted.Length);
        (await NamesAsync(store, "-has:note (name:hot-3 OR name:hot-5 OR name:sealed-10 OR name:sealed-11)")).ShouldBe(["hot-5", "sealed-11"], ignoreOrder: true);
        (await NamesAsync(store, "has:(note,trace) body:\"of hot-3.\"")).ShouldBe(["hot-3"]);
        (await NamesAsync(store, "has:note body:\"of sealed-\"")).ShouldBe(["sealed-10", "sealed-20"], ignoreOrder: true);

        (await store.HistogramAsync("has:note", CountedStore.Text(Range.From), CountedStore.Text(Range.To), Cancel)).Quality.ShouldBe(new CountQuality(CountQuality.Exact, Range.From, Noted.Length));

        var id = (await store.SearchAsync("name:sealed-10", Cancel)).ShouldHaveSingleItem().Id;
        using var alice = NotesClient.Of(store);
        var note = (await alice.ListAsync(id, Cancel)).ShouldHaveSingleItem();
        await alice.SendAsync(HttpMethod.Delete, id, note.Id, null, Cancel);
        (await NamesAsync(store, "has:note")).ShouldBe(Noted.Except(["sealed-10"]), ignoreOrder: true);
    }

    [Fact]
    public async Task Retention_ThatDropsCalls_TakesTheirNotesAndIsNotHeldUpByThem()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var store = await StartAsync(database, folder, 0))
        {
            await store.FillAsync(Cancel);
            await store.DeliverAsync([SampleCalls.One(name: "young")], Cancel);
            await NoteAllAsync(store, [.. Noted, "young"]);
            await store.Services.GetRequiredService<HoldTable>().AddAsync("case-1", "name:sealed-10 OR name:hot-3", Range, "why", "alice", Cancel);
            await RetainAsync(store);
            (await CountAsync(store)).ShouldBe(Noted.Length + 1);
        }

        await using (var store = await StartAsync(database, folder, 95))
        {
                await store.DeliverAsync([SampleCalls.One(name: "newest") with { Time = SampleCalls.Now.AddDays(95) }], Cancel);
            await NoteAllAsync(store, ["newest"]);
            await RetainAsync(store);
            await store.SealAsync(Cancel);

            (await store.PlacesAsync(Cancel)).Overflow.ShouldBe(2, "what is held");
            (await NamesAsync(store, "has:note")).ShouldBe(["sealed-10", "hot-3", "newest"], ignoreOrder: true);
            (await CountAsync(store)).ShouldBe(3);
            await store.Services.GetRequiredService<HoldTable>().ReleaseAsync("case-1", "bob", Cancel);
            await RetainAsync(store);
            await RetainAsync(store);
            (await CountAsync(store)).ShouldBe(1);
            (await NamesAsync(store, "has:note")).ShouldBe(["newest"]);
        }
    }

    [Fact]
    public async Task Purge_TakesNotesWithTheirCalls()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await NoteAllAsync(store);
        var run = ActivatorUtilities.CreateInstance<PurgeRun>(store.Services);
        var request = new PurgeRequest("has:note -name:hot-4", QueryParser.Parse("has:note -name:hot-4").Root!, Range, "mistake", "alice");

        (await run.PurgeAsync(request, (await run.LookAsync(request, Cancel)).Keys, (_, _) => { }, Cancel)).ShouldBe(Noted.Length - 1);

        (await CountAsync(store)).ShouldBe(1);
        (await NamesAsync(store, "has:note")).ShouldBe(["hot-4"]);
        (await NamesAsync(store, "")).Count.ShouldBe(VerifiedStore.Sealed + VerifiedStore.Late + VerifiedStore.Hot - Noted.Length + 1);
    }

    [Fact]
    public async Task Note_WhileCallsAreDropped_WaitsAndIsToldThatItsCallHasGone()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        using var alice = NotesClient.Of(store);
        var id = (await store.SearchAsync("name:hot-3", Cancel)).ShouldHaveSingleItem().Id;
        await using var connection = new NpgsqlConnection(store.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await HoldTable.FenceAsync(connection, Cancel);
        await using (var delete = new NpgsqlCommand("delete from call where name = 'hot-3'", connection))
        {
            await delete.ExecuteNonQueryAsync(Cancel);
        }

        var writing = alice.SendAsync(HttpMethod.Post, id, null, """{"text":"too late"}""", Cancel);
        await Eventually.Async(async () => await store.ScalarAsync<long>($"select count(*) from pg_locks where locktype = 'advisory' and not granted and (classid::bigint << 32 | objid::bigint) = {PartitionCatalog.DropLock}", Cancel) > 0, Cancel);
        await transaction.CommitAsync(Cancel);

        (await writing).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await CountAsync(store)).ShouldBe(0);
    }

    [Fact]
    public async Task CallOfALostGateway_GivesItsNotesToTheTruth()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, clock);
        await store.WaitUntilReadyAsync(Cancel);
        var watch = SampleCalls.One() with { Verb = "watch", Sequence = 7 };
        await store.DeliverRecordsAsync([Otlp.Open(watch), Otlp.Lease(watch.Boot)], Cancel);
        clock.Advance(TimeSpan.FromHours(25));
        await store.Services.GetRequiredService<OpenCloser>().CloseAsync(Cancel);
        using var alice = NotesClient.Of(store);
        var lost = (await store.SearchAsync("verb:watch", Cancel)).ShouldHaveSingleItem().Id;
        await alice.WriteAsync(lost, "where did it go?", Cancel);

        await store.DeliverAsync([watch with { Time = SampleCalls.Now, Announced = true, Outcome = CallOutcome.ClientLeft }], Cancel);

        var call = (await store.SearchAsync("has:note", Cancel)).ShouldHaveSingleItem();
        call.Id.ShouldNotBe(lost);
        (await alice.ListAsync(call.Id, Cancel)).ShouldHaveSingleItem().Text.ShouldBe("where did it go?");
    }

    [Fact]
    public async Task CallThatAnAuditEventTold_GivesItsNotesToTheCallItself()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:WaitSeconds=1");
        var call = AuditSample.Call();
        await store.PostAuditAsync(Cancel, AuditSample.Of(call));
        await store.ResolveAsync(Cancel);
        using var alice = NotesClient.Of(store);
        await alice.WriteAsync((await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem().Id, "who was this?", Cancel);

        await store.DeliverAsync([call], Cancel);

        (await store.SearchAsync("is:bypass", Cancel)).ShouldBeEmpty();
        var item = (await store.SearchAsync("has:note has:audit", Cancel)).ShouldHaveSingleItem();
        (await alice.ListAsync(item.Id, Cancel)).ShouldHaveSingleItem().Text.ShouldBe("who was this?");
    }

    private static async Task NoteAllAsync(TestStore store, IEnumerable<string>? names = null)
    {
        using var alice = NotesClient.Of(store);
        foreach (var name in names ?? Noted)
        {
            await alice.WriteAsync((await store.SearchAsync($"name:{name}", Cancel, from: "2020-01-01", to: "2100-01-01")).ShouldHaveSingleItem().Id, $"on {name}", Cancel);
        }
    }

    private static Task RetainAsync(TestStore store) => store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);

    private static Task<long> CountAsync(TestStore store) => store.ScalarAsync<long>("select count(*) from note", Cancel);

    private static async Task<List<string>> NamesAsync(TestStore store, string query) => [.. (await store.SearchAsync(query, Cancel, from: "2020-01-01", to: "2100-01-01")).Select(item => item.Name)];

    private static async Task<TestStore> StartAsync(string database, TempFolder folder, int days)
    {
        var store = await TestStore.StartAsync(database, folder, Cancel, new ShiftedTime(TimeSpan.FromDays(days)), [.. SealedStore.Settings, "--Sealing:GraceMinutes=0"]);
        await store.WaitUntilReadyAsync(Cancel);
        return store;
    }
}
