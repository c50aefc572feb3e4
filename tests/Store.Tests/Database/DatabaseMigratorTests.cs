using System.Net;
using KubeLens.Store.Database;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Database;

public sealed class DatabaseMigratorTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_StartedTogetherAndAgain_MigrateOnce()
    {
        var connectionString = await postgres.CreateDatabaseAsync(Cancel);
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestStore.StartAsync(connectionString, null, Cancel)));
        await Task.WhenAll(stores.Select(s => s.WaitUntilReadyAsync(Cancel)));
        await stores[0].DeliverAsync([SampleCalls.One()], Cancel);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        await using var again = await TestStore.StartAsync(connectionString, null, Cancel);
        await again.WaitUntilReadyAsync(Cancel);

        (await again.ScalarAsync<long>("select count(*) from \"__EFMigrationsHistory\"", Cancel)).ShouldBe(OlderDatabaseTests.Older.Count + 1);
        (await again.SearchAsync("", Cancel)).ShouldHaveSingleItem();
        stores.Sum(s => s.Logs.Lines.Count(l => l.Id.Id == 1001)).ShouldBe(1);
        again.Logs.Lines.ShouldNotContain(l => l.Id.Id == 1001);
    }

    [Fact]
    public async Task Model_AndTables_HaveTheSameColumns()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var context = await store.Services.GetRequiredService<IDbContextFactory<StoreContext>>().CreateDbContextAsync(Cancel);

        foreach (var entity in context.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            var columns = await store.ScalarAsync<string[]>($"select array_agg(column_name || ' ' || coalesce(udt_name, '') || ' ' || is_nullable order by column_name) from information_schema.columns where table_name = '{table}'", Cancel);
            var expected = entity.GetProperties().Select(p => $"{p.GetColumnName()} {UdtName(p.GetColumnType())} {(p.IsNullable ? "YES" : "NO")}");
            columns.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal), table);
        }

        var ordered = await store.ScalarAsync<string[]>("select array_agg(column_name::text order by ordinal_position) from information_schema.columns where table_name = 'call'", Cancel);
        CallColumns.All.Split(", ").ShouldBe(ordered);
    }

    [Fact]
    public async Task Database_NotUpYet_IsWaitedForAndSaidSo()
    {
        await using var own = new PostgresServer();
        var connectionString = await own.CreateDatabaseAsync(Cancel);
        await own.StopAsync(Cancel);
        await using var store = await TestStore.StartAsync(connectionString, null, Cancel);

        await Eventually.Async(() => store.Logs.Lines.Any(l => l.Id.Id == 1000), Cancel);
        (await store.Nobody.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await store.Nobody.GetAsync("/health/ready", Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using (var refused = await store.Service.PostAsync("/v1/logs", Otlp.Content([SampleCalls.One()]), Cancel))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        await ShouldSayWhenToComeAgainAsync(store);
        await own.StartAsync(Cancel);
        await store.WaitUntilReadyAsync(Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);
        (await store.SearchAsync("", Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Database_RestartedAndKilledUnderTheStore_LosesNothingAcknowledged()
    {
        await using var own = new PostgresServer();
        await using var store = await TestStore.StartAsync(own, Cancel);
        var batches = Enumerable.Range(0, 3).Select(_ => SampleCalls.Batch(10, SampleCalls.NextBatchId())).ToList();
        await store.DeliverAsync(batches[0], Cancel);

        await own.StopAsync(Cancel);
        await ShouldRefuseAsync(store, batches[1]);
        await ShouldSayWhenToComeAgainAsync(store);
        await own.StartAsync(Cancel);
        await DeliverAtLastAsync(store, batches[1]);
        await own.KillAsync(Cancel);
        await ShouldRefuseAsync(store, batches[2]);
        await own.StartAsync(Cancel);
        await DeliverAtLastAsync(store, batches[2]);

        await store.WaitUntilReadyAsync(Cancel);
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(30);
    }

    private static async Task ShouldRefuseAsync(TestStore store, IEnumerable<Contracts.Calls.CallRecord> calls)
    {
        using var response = await store.Service.PostAsync("/v1/logs", Otlp.Content(calls), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static async Task ShouldSayWhenToComeAgainAsync(TestStore store)
    {
        var call = SealedStore.IdOf(SampleCalls.Batch(1)[0]);
        foreach (var path in new[] { "calls", $"calls/{call}", $"calls/{call}/recording", $"calls/{call}/object", $"calls/{call}/change", "commands", "access-review?subject=alice", "saved-searches" })
        {
            using var refused = await store.Auditor.GetAsync($"/api/v1/{path}", Cancel);
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            refused.Headers.RetryAfter.ShouldNotBeNull(path).Delta.ShouldBe(TimeSpan.FromSeconds(5), path);
        }
    }

    // As a gateway does: again until it is acknowledged.
    private static Task DeliverAtLastAsync(TestStore store, IReadOnlyList<Contracts.Calls.CallRecord> calls) => Eventually.Async(
        async () =>
        {
            using var response = await store.Service.PostAsync("/v1/logs", Otlp.Content(calls), Cancel);
            return response.IsSuccessStatusCode;
        },
        Cancel);

    private static string UdtName(string type) => type switch
    {
        "bigint" => "int8",
        "integer" => "int4",
        "smallint" => "int2",
        "timestamp with time zone" => "timestamptz",
        "text[]" => "_text",
        _ => type,
    };
}
