using KubeLens.Bench.Corpus;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;

namespace KubeLens.Bench.Storage;

/// <summary>What generated calls take, as a log has them and as the Store does: both are written in one run, of the same calls.</summary>
internal sealed class StorageBenchmark(BenchOptions options, TimeProvider clock)
{
    // So many whole hours before now that all calls are in the past and none is too late.
    private const int HoursAgo = 6;

    public async Task<StorageMeasurement> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var corpus = new CallCorpus(options.Seed, now.Date.AddHours(now.Hour - HoursAgo));
        await using var postgres = new PostgresServer();
        await using var store = await BenchStore.StartAsync(await postgres.CreateDatabaseAsync(cancellationToken), cancellationToken);
        using var log = new LogSizes();
        var (bodies, took) = (0L, TimeSpan.Zero);
        foreach (var batch in corpus.Take(options.Calls).Select(made => made.Call).Chunk(CallCorpus.BatchSize))
        {
            foreach (var call in batch)
            {
                log.Write(call);
                bodies += call.RequestBody.Content.Length + call.ResponseBody.Content.Length;
            }

            took += await StoreAsync(store, batch, cancellationToken);
        }

        var rows = await store.BytesAsync(["call", "call_overflow"], cancellationToken);
        var packs = await store.BytesAsync(["pack"], cancellationToken);
        var memory = PeakMemory.Begin();
        var started = clock.GetTimestamp();
        await store.SealAsync(options.Calls, cancellationToken);
        return new StorageMeasurement(
            options.Calls, bodies, log.Bytes, log.GzipBytes(), rows, packs,
            await store.BytesAsync(["dim", "ingest_batch", "rollup_resource", "rollup_user", "rollup_namespace", "rollup_gap"], cancellationToken),
            await store.BytesAsync(["segment", "call_chunk"], cancellationToken),
            await store.BytesAsync(["body_pack"], cancellationToken),
            took.TotalSeconds, clock.GetElapsedTime(started).TotalSeconds, PeakMemory.Read(), memory);
    }

    private async Task<TimeSpan> StoreAsync(BenchStore store, IReadOnlyList<CallRecord> batch, CancellationToken cancellationToken)
    {
        var request = BenchStore.RequestOf(batch);
        var started = clock.GetTimestamp();
        await store.IngestAsync(request, cancellationToken);
        return clock.GetElapsedTime(started);
    }
}
