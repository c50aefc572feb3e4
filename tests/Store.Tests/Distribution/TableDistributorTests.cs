using System.Net;
using KubeLens.Store.Backups;
using KubeLens.Store.Distribution;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Store.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Distribution;

public sealed class TableDistributorTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithCitus_DistributesOnceWhatIsThere()
    {
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var plain = await TestStore.StartAsync(database, null, Cancel))
        {
            await plain.WaitUntilReadyAsync(Cancel);
            await plain.DeliverAsync(SampleCalls.Batch(5, SampleCalls.NextBatchId()), Cancel);
        }

        using var run = DistributedRun.OnStandIn();
        var stores = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => TestStore.StartAsync(database, null, Cancel)));
        await Task.WhenAll(stores.Select(store => store.WaitUntilReadyAsync(Cancel)));

        stores.SelectMany(store => store.Logs.Lines).Count(line => line.Id.Id == 1003).ShouldBe(TablePlacements.Distributed.Count, "two Stores that start together distribute each table once");
        (await stores[0].ScalarAsync<string[]>("select array_agg(logicalrelid::text || ' ' || partkey || ' ' || colocationid order by logicalrelid::text) from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid where not c.relispartition", Cancel))
            .ShouldBe(["body_pack seg_id 2", "call batch_id 1", "call_chunk seg_id 2", "pack batch_id 1"]);
        (await stores[0].SearchAsync("", Cancel)).Count.ShouldBe(5);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Start_AfterOneWasKilledBetweenTwoTables_DistributesTheRest()
    {
        using var run = DistributedRun.OnStandIn();
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var first = await TestStore.StartAsync(database, null, Cancel))
        {
            await first.WaitUntilReadyAsync(Cancel);
            await first.DoAsync("delete from pg_dist_partition where logicalrelid <> 'call'::regclass", Cancel);
        }

        await using var second = await TestStore.StartAsync(database, null, Cancel);
        await second.WaitUntilReadyAsync(Cancel);

        second.Logs.Lines.Where(line => line.Id.Id == 1003).Select(line => line.Text.Trim()).ShouldBe(["Distributed the table pack by batch_id", "Distributed the table call_chunk by seg_id", "Distributed the table body_pack by seg_id"]);
    }

    [Fact]
    public async Task Start_WithCitusOnAServerWithoutIt_SaysWhatToDoAndBeginsNothing()
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, settings: "--Database:Distribution=citus");

        await Eventually.Async(() => store.Logs.Lines.Any(line => line.Id.Id == 1004), Cancel);
        var text = store.Logs.Lines.First(line => line.Id.Id == 1004).Text;
        text.ShouldContain("Database:Distribution is \"citus\"");
        text.ShouldContain("install it, with shared_preload_libraries = 'citus'");
        (await store.Nobody.GetAsync("/health/ready", Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var refused = await store.Service.PostAsync("/v1/logs", Otlp.Content([SampleCalls.One()]), Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Start_WithoutCitusOnADistributedDatabase_SaysSo()
    {
        var database = await postgres.CreateDatabaseAsync(Cancel);
        string prepared;
        using (DistributedRun.OnStandIn())
        {
            await using var store = await TestStore.StartAsync(database, null, Cancel);
            await store.WaitUntilReadyAsync(Cancel);
            prepared = store.ConnectionString;
        }

        await using var plain = await TestStore.StartAsync(prepared, null, Cancel);

        await Eventually.Async(() => plain.Logs.Lines.Any(line => line.Id.Id == 1004 && line.Text.Contains("Database:Distribution is \"none\", and the table call is distributed", StringComparison.Ordinal)), Cancel);
    }

    [Theory]
    [InlineData(true, false, true, "", "", "run \"create extension citus\" in it on the coordinator and on every worker")]
    [InlineData(true, true, true, "call", "at", "the table call is distributed by \"at\" instead of \"batch_id\": take it back with select undistribute_table('call')")]
    [InlineData(true, true, true, "dim", "", null)]
    [InlineData(true, true, true, "arrival", "batch_id", "the table arrival is distributed by \"batch_id\" instead of staying on the coordinator")]
    [InlineData(true, true, true, "call", "batch_id", null)]
    [InlineData(false, true, true, "orders", "id", null)]
    [InlineData(false, false, false, "", "", null)]
    public void Fault_OfADatabase_IsToldWithItsRemedy(bool wanted, bool installed, bool available, string table, string column, string? expected)
    {
        var fault = TableDistributor.Fault(wanted, new DistributionState(installed, available, table.Length > 0 ? new Dictionary<string, string> { [table] = column } : []));

        if (expected is null)
        {
            fault.ShouldBeNull();
        }
        else
        {
            fault.ShouldNotBeNull().ShouldContain(expected);
        }
    }

    /// <summary>The stand-in refuses, so that the tests on it mean something.</summary>
    [Theory]
    [InlineData("create unique index planted on call (at, audit_id)", "call has a unique index without batch_id")]
    [InlineData("alter table pack_default add constraint planted unique (drop_day)", "pack has a unique index without batch_id")]
    [InlineData("alter table pack add constraint planted foreign key (batch_id, drop_day) references ingest_batch (batch_id, day)", "pack has a foreign key")]
    [InlineData("create function planted() returns trigger language plpgsql as 'begin return new; end'; create trigger planted after insert on call for each row execute function planted()", "call has a trigger")]
    [InlineData("alter table call_chunk rename column seg_id to segment_id", "call_chunk has no column seg_id to be distributed by")]
    [InlineData("alter table body_pack alter column seg_id type integer", "body_pack cannot lie beside call_chunk, which is distributed by another type")]
    [InlineData("alter table pack add column planted serial", "pack counts in something else than bigint")]
    public async Task StandIn_OfASchemaThatCitusRefuses_RefusesIt(string planted, string expected)
    {
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var plain = await TestStore.StartAsync(database, null, Cancel))
        {
            await plain.WaitUntilReadyAsync(Cancel);
            await using var connection = new NpgsqlConnection(database + ";Pooling=false");
            await connection.OpenAsync(Cancel);
            await using var command = new NpgsqlCommand(planted, connection);
            await command.ExecuteNonQueryAsync(Cancel);
        }

        using var run = DistributedRun.OnStandIn();
        await using var store = await TestStore.StartAsync(database, null, Cancel);

        await Eventually.Async(() => store.Logs.Lines.Any(line => line.Text.Contains(expected, StringComparison.Ordinal)), Cancel);
    }

    [Fact]
    public async Task Commands_ThatNeedOneMoment_RefuseADistributedDatabase()
    {
        using var run = DistributedRun.OnStandIn();
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var folder = new TempFolder("backup");

        (await Should.ThrowAsync<ArgumentException>(() => ActivatorUtilities.CreateInstance<VerifyRun>(store.Services).RunAsync(null, _ => { }, (_, _) => { }, Cancel)))
            .Message.ShouldStartWith("store verify needs all tables as they are at one moment, and the tables of ConnectionStrings:Store are distributed by Citus");
        (await Should.ThrowAsync<ArgumentException>(() => ActivatorUtilities.CreateInstance<BackupRun>(store.Services).RunAsync(folder["to"], _ => { }, Cancel)))
            .Message.ShouldStartWith("store backup needs all tables as they are at one moment");
        Directory.Exists(folder["to"]).ShouldBeFalse();
    }
}
