using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Measure;
using KubeLens.Bench.Storage;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;
using Npgsql;

namespace KubeLens.Bench.Ingest;

/// <summary>
/// How fast deliveries are stored, through <c>POST /v1/logs</c> as gateways send them, beside COPY of the same rows. Each round:
/// <code>
/// 1 calls are made, encoded, compressed (unmeasured) → 2 one sender delivers half of them → 3 some senders the others
/// → 4 the rows of both as bytes (unmeasured) → 5 COPY of these bytes into a database of its own
/// </code>
/// </summary>
internal sealed class IngestBenchmark(BenchOptions options, TimeProvider clock)
{
    /// <summary>Calls of a delivery: the most that a gateway sends together.</summary>
    public const int BatchSize = 2_000;

    public static readonly int Senders = Math.Max(2, Environment.ProcessorCount);

    // Unmeasured: .NET compiles hot code again in the background, and that is a matter of starts, not of load.
    public const int WarmUpRounds = 3;

    // In the past, so that no call is too early.
    private const int HoursAgo = 6;

    /// <returns>Of each round what each way took.</returns>
    public async Task<IReadOnlyList<IngestRound>> RunAsync(CancellationToken cancellationToken)
    {
        await using var postgres = new PostgresServer();
        using var folder = new TempFolder("bench-ingest");
        var connectionString = await postgres.CreateDatabaseAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var store = await StorePeer.StartAsync(folder["store"], connectionString, new Dictionary<string, string> { ["Sealing__Enabled"] = "false" }, cancellationToken);
        await using var other = await BenchStore.StartAsync(await postgres.CreateDatabaseAsync(cancellationToken), cancellationToken);
        var server = await ServerOfAsync(database, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var batch = Math.Min(BatchSize, Math.Max(1, options.Calls / 4));
        var batches = new CallCorpus(options.Seed, now.Date.AddHours(now.Hour - HoursAgo), batch).Take(int.MaxValue).Select(made => made.Call).Chunk(batch).GetEnumerator();
        var peer = new CopyPeer(database, other);
        var rounds = new List<IngestRound>();
        for (var round = -WarmUpRounds; round < options.Rounds; round++)
        {
            // 1
            var (first, last) = (0L, 0L);
            var deliveries = new Queue<byte[]>();
            for (var i = 0; i < Math.Max(2, options.Calls / batch); i++)
            {
                batches.MoveNext();
                last = batches.Current[0].Position!.BatchId;
                first = first == 0 ? last : first;
                deliveries.Enqueue(Encoded(batches.Current));
            }

            // 2, 3
            var half = deliveries.Count / 2;
            await MeasureAsync(IngestWay.OneSender, half * batch, () => SendAsync(store.Client, new Queue<byte[]>(deliveries.Take(half)), 1, cancellationToken));
            await MeasureAsync(IngestWay.Senders, (deliveries.Count - half) * batch, () => SendAsync(store.Client, new Queue<byte[]>(deliveries.Skip(half)), Senders, cancellationToken));

            // 4, 5
            await peer.PrepareAsync(first, last, cancellationToken);
            await MeasureAsync(IngestWay.Copy, deliveries.Count * batch, () => peer.CopyAsync(cancellationToken));

            async Task MeasureAsync(IngestWay way, int calls, Func<Task> work)
            {
                var (own, before, started) = (ProcessUsage.Of(store.ProcessId).CpuSeconds, ProcessUsage.Of(server).CpuSeconds, clock.GetTimestamp());
                await work();
                var took = clock.GetElapsedTime(started).TotalSeconds;
                if (round >= 0)
                {
                    rounds.Add(new IngestRound(way, calls, took, ProcessUsage.Of(store.ProcessId).CpuSeconds - own, ProcessUsage.Of(server).CpuSeconds - before));
                }
            }
        }

        batches.Dispose();
        return rounds;
    }

    private static async Task SendAsync(HttpClient client, Queue<byte[]> deliveries, int senders, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(SendSomeAsync, cancellationToken)));

        async Task SendSomeAsync()
        {
            while (true)
            {
                byte[]? body;
                lock (deliveries)
                {
                    if (!deliveries.TryDequeue(out body))
                    {
                        return;
                    }
                }

                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf"), ContentEncoding = { "gzip" } } };
                using var answer = await client.PostAsync("/v1/logs", content, cancellationToken);
                if (!answer.IsSuccessStatusCode || (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length > 0)
                {
                    throw new BenchException($"The Store answered a delivery with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
        }
    }

    // As a gateway has it (BatchEncoder).
    private static byte[] Encoded(CallRecord[] batch)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(BenchStore.RequestOf(batch));
        }

        return body.ToArray();
    }

    // The parent of a connection's process.
    private static async Task<int> ServerOfAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select pg_backend_pid()");
        var text = await File.ReadAllTextAsync($"/proc/{await command.ExecuteScalarAsync(cancellationToken)}/stat", cancellationToken);
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
