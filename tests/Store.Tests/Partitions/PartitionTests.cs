using KubeLens.Store.Partitions;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Partitions;

public sealed class PartitionTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void PartitionName_AndItsStart_AreOneToOne()
    {
        var hour = new DateTime(2026, 11, 24, 7, 0, 0, DateTimeKind.Utc);

        PartitionTable.Call.StartOf(hour.AddMinutes(59)).ShouldBe(hour);
        PartitionTable.Call.PartitionName(hour).ShouldBe("call_2026112407");
        PartitionTable.Call.ParseStart("call_2026112407").ShouldBe(hour);
        PartitionTable.Batch.PartitionName(hour.Date).ShouldBe("ingest_batch_20261124");
        PartitionTable.Batch.ParseStart("ingest_batch_default").ShouldBeNull();
        PartitionTable.Pack.ParseStart("pack_default").ShouldBeNull();
    }

    [Fact]
    public async Task Start_MakesTheHoursAhead()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Partitions:AheadHours=2");

        await Eventually.Async(async () => await store.ScalarAsync<long>("select count(*) from pg_inherits where inhparent = 'call'::regclass", Cancel) == 3, Cancel);
        await Eventually.Async(async () => await store.ScalarAsync<long>("select count(*) from pg_inherits where inhparent = 'pack'::regclass", Cancel) == 4, Cancel);
        (await store.ScalarAsync<bool>("select bool_and(attstorage = 'e') from pg_attribute where attname = 'data' and attrelid in (select inhrelid from pg_inherits where inhparent = 'pack'::regclass)", Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Calls_OfHoursWithoutAPartition_GetOneOrOverflow_AndAreFoundInOrder()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var now = SampleCalls.Now;
        DateTimeOffset[] times = [now.AddDays(-300), now.AddDays(-20), now.AddHours(-5), now.AddMinutes(-1), now.AddDays(200), DateTimeOffset.UnixEpoch.AddDays(1)];
        var batch = times.Select((time, i) => SampleCalls.One(name: $"at-{i}") with { Time = time, Position = SampleCalls.Position(i, times.Length, SampleCalls.NextBatchId()) }).ToList();

        (await store.DeliverAsync(batch, Cancel)).PartialSuccess.ShouldBeNull();

        (await store.ScalarAsync<long>("select count(*) from call", Cancel)).ShouldBe(3);
        (await store.ScalarAsync<long>("select count(*) from call_overflow", Cancel)).ShouldBe(3);
        var found = await store.SearchAsync("", Cancel, from: "1970-01-01", to: "now+300d", limit: 2);
        found.Select(i => i.Name).ShouldBe(["at-4", "at-3", "at-2", "at-1", "at-0", "at-5"]);
        foreach (var item in found)
        {
            (await store.GetAsync(item.Id, Cancel)).Name.ShouldBe(item.Name);
        }
    }

    [Theory]
    [InlineData("1999-01-01")]
    [InlineData("2090-01-01")]
    public async Task Batch_OfAnOddDay_IsStillStoredOnce(string day)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(4).ConvertAll(c => c with { Position = c.Position! with { BatchDay = DateOnly.Parse(day, null) } });

        await store.DeliverAsync(batch, Cancel);
        await store.DeliverAsync(batch, Cancel);
        var otherDay = await store.DeliverAsync(batch.Select(c => c with { Position = c.Position! with { BatchDay = new DateOnly(2026, 1, 1) } }), Cancel);

        (await store.SearchAsync("", Cancel)).Count.ShouldBe(4);
        otherDay.PartialSuccess.RejectedLogRecords.ShouldBe(4);
    }

    [Fact]
    public async Task Partition_TakenAwayByOthers_IsMadeAgain()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);
        var partition = PartitionTable.Call.PartitionName(PartitionTable.Call.StartOf(SampleCalls.Now.AddSeconds(-5).UtcDateTime));
        await store.ScalarAsync<bool>($"with x as (select 1) select true from x; drop table {partition}", Cancel);

        (await store.DeliverAsync([SampleCalls.One(name: "again")], Cancel)).PartialSuccess.ShouldBeNull();

        (await store.SearchAsync("name:again", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task NewPartition_BehindAReaderWithASnapshot_DoesNotWait()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);
        await using var reader = new Npgsql.NpgsqlConnection(store.ConnectionString);
        await reader.OpenAsync(Cancel);
        await using var transaction = await reader.BeginTransactionAsync(Cancel);
        await using (var command = new Npgsql.NpgsqlCommand("select count(*) from call", reader, transaction))
        {
            (await command.ExecuteScalarAsync(Cancel)).ShouldBe(1L);
        }

        var late = SampleCalls.Now.AddDays(-3);
        var catalog = store.Services.GetRequiredService<PartitionCatalog>();
        await store.DeliverAsync([SampleCalls.One() with { Time = late }], Cancel);

        // Had it waited for the reader, the lock timeout would have sent the row to the overflow table.
        catalog.Has(PartitionTable.Call, late.UtcDateTime).ShouldBeTrue();
        (await store.ScalarAsync<long>("select count(*) from call_overflow", Cancel)).ShouldBe(0);
    }

    // PostgreSQL may fail with an error of its own (XX000) when two drop one partition in the same moment.
    [Fact]
    public async Task Partition_WhileAnotherStoreDropsOne_IsDroppedWhenThatIsDone()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Retention:CallDays=3660");
        var catalog = store.Services.GetRequiredService<PartitionCatalog>();
        var hour = PartitionTable.Call.StartOf(SampleCalls.Now.UtcDateTime.AddDays(-2));
        await catalog.EnsureAsync(PartitionTable.Call, [hour], Cancel);
        await using (var other = new Npgsql.NpgsqlConnection(store.ConnectionString + ";Pooling=false"))
        {
            await other.OpenAsync(Cancel);
            await using var turn = new Npgsql.NpgsqlCommand($"select pg_advisory_lock({PartitionCatalog.DropLock})", other);
            await turn.ExecuteNonQueryAsync(Cancel);

            (await catalog.TryDropAsync(PartitionTable.Call, hour, Cancel)).ShouldBeFalse();
            (await catalog.ListAsync(PartitionTable.Call, Cancel)).ShouldContain(hour);
        }

        (await catalog.TryDropAsync(PartitionTable.Call, hour, Cancel)).ShouldBeTrue();
        (await catalog.ListAsync(PartitionTable.Call, Cancel)).ShouldNotContain(hour);
    }
}
