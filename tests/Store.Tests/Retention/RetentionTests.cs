using KubeLens.Store.Database;
using KubeLens.Store.Partitions;
using KubeLens.Store.Retention;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Retention;

public sealed class RetentionTests(PostgresServer postgres)
{
    private static readonly string[] Settings = ["--Retention:CallDays=90", "--Retention:BodyDays=30", "--Retention:Classes:long:BodyDays=60"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_AfterTheDaysOfTheirClass_GoAndTheCallsStay()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var store = await StartAsync(database, folder, TimeProvider.System))
        {
            var batch = SampleCalls.Batch(3).ConvertAll(call => call with { ResponseBytes = 17, Retention = call.Position!.Ordinal switch { 0 => "", 1 => "LONG", _ => "nobody-knows" }, Name = $"of-{call.Position.Ordinal}" });
            (await store.DeliverAsync(batch, Cancel)).PartialSuccess.ShouldBeNull();
            store.Logs.Lines.ShouldContain(line => line.Text.Contains("retention class nobody-knows, which is not in Retention:Classes", StringComparison.Ordinal));
        }

        await using (var store = await StartAsync(database, folder, At(days: 29)))
        {
            await RunAsync(store);
            (await NotesAsync(store)).ShouldNotContain("expired");
        }

        await using (var store = await StartAsync(database, folder, At(days: 31)))
        {
            await RunAsync(store);
            (await NotesAsync(store)).ShouldBe(["of-0 expired 0", "of-1 whole 1", "of-2 expired 0"]);
        }

        await using (var store = await StartAsync(database, folder, At(days: 61)))
        {
            await RunAsync(store);
            (await NotesAsync(store)).ShouldBe(["of-0 expired 0", "of-1 expired 0", "of-2 expired 0"]);
        }

        await using (var store = await StartAsync(database, folder, At(days: 92)))
        {
            await RunAsync(store);
            (await FindAsync(store)).ShouldBeEmpty();
            (await store.ScalarAsync<long>("select count(*) from ingest_batch", Cancel)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task Calls_InTheOverflowTable_GoByTheirAge()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(2).ConvertAll(call => call with { Time = SampleCalls.Now.AddDays(call.Position!.Ordinal == 0 ? -300 : -60), Name = $"of-{call.Position.Ordinal}" });
        await store.DeliverAsync(batch, Cancel);

        await RunAsync(store);

        (await store.SearchAsync("", Cancel, from: "1970-01-01")).Select(call => call.Name).ShouldBe(["of-1"]);
        (await store.ScalarAsync<long>("select count(*) from call_overflow", Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Size_AboveTheLimit_TakesTheOldestAndNeverWhatIsBeingWritten()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Retention:MaxBytes=1");
        var batch = SampleCalls.Batch(3).ConvertAll(call => call with { Time = SampleCalls.Now.AddHours(-20 * call.Position!.Ordinal).AddSeconds(-1), Name = $"of-{call.Position.Ordinal}" });
        await store.DeliverAsync(batch, Cancel);

        // What somebody reads in that moment, autovacuum for one, is dropped at a later look.
        await Eventually.Async(
            async () =>
            {
                await RunAsync(store);
                return (await store.SearchAsync("", Cancel)).Count == 1;
            },
            Cancel);

        var left = await store.SearchAsync("", Cancel);
        left.Select(call => call.Name).ShouldBe(["of-0"]);
        (await store.GetAsync(left[0].Id, Cancel)).ResponseBody!.Note.ShouldBe("whole");
        store.Logs.Lines.ShouldContain(line => line.Text.Contains("above Retention:MaxBytes (1), and nothing older is left to drop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Size_BelowTheLimit_TakesNothing()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Retention:MaxBytes=10000000000");
        await store.DeliverAsync(SampleCalls.Batch(3).ConvertAll(call => call with { Time = SampleCalls.Now.AddHours(-20 * call.Position!.Ordinal) }), Cancel);

        await RunAsync(store);

        (await store.SearchAsync("", Cancel)).Count.ShouldBe(3);
    }

    /// <summary>A waiting DROP would stop every search and every ingest behind it.</summary>
    [Fact]
    public async Task Partition_ThatIsBeingRead_IsDroppedLaterAndHoldsNobodyUp()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Retention:MaxBytes=1");
        var old = SampleCalls.Now.AddHours(-20);
        await store.DeliverAsync([SampleCalls.One(name: "old") with { Time = old }], Cancel);
        var partition = PartitionTable.Call.PartitionName(PartitionTable.Call.StartOf(old.UtcDateTime));
        await using (var reader = new NpgsqlConnection(store.ConnectionString))
        {
            await reader.OpenAsync(Cancel);
            await using var transaction = await reader.BeginTransactionAsync(Cancel);
            await using var read = new NpgsqlCommand($"select count(*) from {partition}", reader, transaction);
            (await read.ExecuteScalarAsync(Cancel)).ShouldBe(1L);

            await RunAsync(store);

            (await store.SearchAsync("name:old", Cancel)).ShouldHaveSingleItem();
            (await store.DeliverAsync([SampleCalls.One(name: "new")], Cancel)).PartialSuccess.ShouldBeNull();
            store.Logs.Lines.ShouldContain(line => line.Text.Contains($"{partition} is due and is still being read", StringComparison.Ordinal));
        }

        await RunAsync(store);
        (await store.SearchAsync("name:old", Cancel)).ShouldBeEmpty();
        (await store.DeliverAsync([SampleCalls.One(name: "late") with { Time = old }], Cancel)).PartialSuccess.ShouldBeNull();
        (await store.SearchAsync("name:late", Cancel)).ShouldHaveSingleItem();
    }

    private static async Task<TestStore> StartAsync(string database, TempFolder folder, TimeProvider time)
    {
        var store = await TestStore.StartAsync(database, folder, Cancel, time, Settings);
        await store.Services.GetRequiredService<DatabaseState>().WaitUntilMigratedAsync(Cancel);
        return store;
    }

    private static ShiftedTime At(int days) => new(TimeSpan.FromDays(days));

    private static Task RunAsync(TestStore store) => store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);

    private static async Task<List<Contracts.Search.CallItem>> FindAsync(TestStore store) => await store.SearchAsync("name:of-*", Cancel, from: "2020-01-01", to: "2100-01-01");

    private static async Task<IEnumerable<string>> NotesAsync(TestStore store)
    {
        var notes = new List<string>();
        foreach (var item in await FindAsync(store))
        {
            var call = await store.GetAsync(item.Id, Cancel);
            notes.Add($"{call.Name} {call.ResponseBody!.Note} {Math.Min(call.RequestHeaders.Count, 1)}");
        }

        return notes.Order();
    }
}
