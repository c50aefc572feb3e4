using System.Net;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Partitions;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Ingest;

/// <summary>Each (batch, ordinal) is stored once, however it is delivered.</summary>
public sealed class RedeliveryTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_DeliveredTwice_IsStoredOnce()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(50);

        await store.DeliverAsync(batch, Cancel);
        (await store.DeliverAsync(batch, Cancel)).PartialSuccess.ShouldBeNull();
        await store.DeliverAsync([.. batch, .. batch], Cancel);

        await ShouldHoldAsync(store, batch);
    }

    [Fact]
    public async Task Batch_SplitReorderedAndOverlapping_IsStoredOnceWithItsBodies()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(100).ConvertAll(c => c with { ResponseBody = new CallBody(System.Text.Encoding.UTF8.GetBytes($"body of {c.Name}"), CallBodyNote.Whole, 0) });

        await store.DeliverAsync(batch.Skip(60).Reverse(), Cancel);
        await store.DeliverAsync(batch.Skip(20).Take(50), Cancel);
        await store.DeliverAsync(batch.Where((_, i) => i % 3 == 0), Cancel);
        await store.DeliverAsync(batch.Take(21), Cancel);

        await ShouldHoldAsync(store, batch);
        foreach (var item in await store.SearchAsync("", Cancel))
        {
            (await store.GetAsync(item.Id, Cancel)).ResponseBody!.Text.ShouldBe($"body of {item.Name}");
        }
    }

    [Fact]
    public async Task Batches_MergedIntoOneRequest_AreEachStoredOnce()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var first = SampleCalls.Batch(30, SampleCalls.NextBatchId(), "gw-1");
        var second = SampleCalls.Batch(30, SampleCalls.NextBatchId(), "gw-2");
        var loose = Enumerable.Range(0, 5).Select(i => SampleCalls.One(name: $"loose-{i}")).ToList();

        await store.DeliverAsync(first.Take(10), Cancel);
        await store.DeliverAsync(second.Zip(first, (a, b) => new[] { a, b }).SelectMany(c => c).Concat(loose), Cancel);

        await ShouldHoldAsync(store, [.. first, .. second, .. loose]);
    }

    [Fact]
    public async Task Batches_DeliveredByManyAtOnce_AreStoredOnce()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Ingest:MaxConcurrent=8", "--Ingest:MaxWaiting=100");
        var batches = Enumerable.Range(0, 4).Select(i => SampleCalls.Batch(40, SampleCalls.NextBatchId())).ToList();
        var random = new Random(11);
        var all = batches.SelectMany(b => b).ToList();

        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ =>
        {
            var part = all.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).ToList();
            return store.DeliverAsync(part, Cancel);
        }).Append(store.DeliverAsync(all, Cancel)));

        await ShouldHoldAsync(store, all);
    }

    [Fact]
    public async Task Batch_WithTheIdOfAnotherGateway_IsRejectedSayingSo()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(3);
        await store.DeliverAsync(batch, Cancel);

        var partial = (await store.DeliverAsync([.. batch.Select(c => c with { Boot = "00000000000000bb" }), SampleCalls.One(name: "other")], Cancel)).PartialSuccess;

        partial.RejectedLogRecords.ShouldBe(3);
        partial.ErrorMessage.ShouldContain($"kubelens.batch.id: batch {batch[0].Position!.BatchId}");
        partial.ErrorMessage.ShouldContain("00000000000000bb");
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Calls_WithoutAPosition_AreStoredEachTime()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One();

        await store.DeliverAsync([call], Cancel);
        await store.DeliverAsync([call], Cancel);

        (await store.SearchAsync("", Cancel)).Select(i => i.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Batch_OfFiveThousand_IsStoredWhole()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(5_000);

        await store.DeliverAsync(batch, Cancel);
        await store.DeliverAsync(batch, Cancel);

        await ShouldHoldAsync(store, batch);
    }

    [Fact]
    public async Task Connection_LostInMidBatch_StoresNothingAndTheRedeliveryStoresAll()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var batch = SampleCalls.Batch(20);

        // Else whoever makes it waits for us, and COPY for them: on a busy machine that goes on after the start.
        await store.Services.GetRequiredService<PartitionCatalog>().EnsureAsync(PartitionTable.Call, batch.Select(call => call.Time.UtcDateTime), Cancel);

        // Ledger and packs are written by then; COPY into the call table waits for us.
        await using (await store.LockAsync("call", "share", Cancel))
        {
            var delivery = store.Service.PostAsync("/v1/logs", Otlp.Content(batch), Cancel);
            await Eventually.Async(
                async () => await store.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'copy call %'", Cancel) == 1,
                Cancel);
            using var response = await delivery;
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
        }

        (await store.ScalarAsync<long>("select (select count(*) from ingest_batch) + (select count(*) from pack) + (select count(*) from call)", Cancel)).ShouldBe(0);
        await store.DeliverAsync(batch, Cancel);
        await ShouldHoldAsync(store, batch);
    }

    [Fact]
    public async Task Store_EndsInMidBatch_TheRedeliveryToTheNextOneStoresAll()
    {
        var connectionString = await postgres.CreateDatabaseAsync(Cancel);
        var batch = SampleCalls.Batch(20);
        await using (var first = await TestStore.StartAsync(connectionString, null, Cancel))
        {
            await first.WaitUntilReadyAsync(Cancel);
            await first.DeliverAsync(batch.Take(5), Cancel);
        }

        await using var second = await TestStore.StartAsync(connectionString, null, Cancel);
        await second.WaitUntilReadyAsync(Cancel);
        await second.DeliverAsync(batch, Cancel);

        await ShouldHoldAsync(second, batch);
    }

    private static async Task ShouldHoldAsync(TestStore store, IReadOnlyCollection<CallRecord> calls)
    {
        var items = await store.SearchAsync("", Cancel);
        items.Select(i => i.AuditId).Order().ShouldBe(calls.Select(c => c.AuditId.ToString()).Order());
        items.Select(i => i.Id).Distinct().Count().ShouldBe(calls.Count);
    }
}
