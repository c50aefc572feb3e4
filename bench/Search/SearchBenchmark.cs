using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using KubeLens.Bench.Corpus;
using KubeLens.Bench.Storage;
using KubeLens.Contracts.Calls;
using KubeLens.Testing;

namespace KubeLens.Bench.Search;

/// <summary>
/// How long questions take that are asked of many calls, most of them sealed, over the API:
/// <code>
/// 1 calls of whole hours are stored and sealed → 2 those of the last hour stored → 3 every question of hot, of sealed and of all calls, in rounds
/// → 4 the same of all, while 1,000 calls/s are stored
/// </code>
/// Each time about another call, drawn at random. Beside it, in the same run, one of the questions to the compressed audit log of a part of the calls.
/// </summary>
internal sealed class SearchBenchmark(BenchOptions options, TimeProvider clock)
{
    private const int PerRound = 8;
    private const int LogQuestions = 3;
    private const int MostInLog = 691_200; // an hour's
    private const double IngestPerSecond = 1_000;

    private readonly Random _random = new(options.Seed);

    public async Task<SearchMeasurement> RunAsync(CancellationToken cancellationToken)
    {
        await using var postgres = new PostgresServer();
        await using var store = await BenchStore.StartAsync(await postgres.CreateDatabaseAsync(cancellationToken), cancellationToken);
        using var folder = new TempFolder("bench-search");
        using var log = new LogSearch(folder["audit.ndjson.gz"]);
        var started = clock.GetTimestamp();

        // All are past, also those that are stored while questions are asked.
        var now = clock.GetUtcNow().UtcDateTime;
        var hours = (int)Math.Ceiling(options.Calls / CallCorpus.CallsPerSecond / 3_600);
        var start = now.Date.AddHours(now.Hour - hours - 2);
        var end = start.AddSeconds(options.Calls / CallCorpus.CallsPerSecond);
        var hot = end.Date.AddHours(end.Hour);
        using var filler = new CallFiller(store, new CallCorpus(options.Seed, start, CallFiller.BatchSize));
        var (rows, chunks) = (new CallSample(_random, 4_000), new CallSample(_random, 4_000));

        // 1
        await filler.FillAsync(() => start < hot && filler.Last < hot, See, cancellationToken);
        await store.SealUntilAsync(hot, cancellationToken);

        // 2
        var before = filler.Calls;
        await filler.FillAsync(() => filler.Calls < options.Calls, See, cancellationToken);
        log.Close();
        await store.AnalyzeAsync(cancellationToken);
        var (stored, filled, bytes) = (filler.Calls, clock.GetElapsedTime(started).TotalSeconds, await store.DatabaseBytesAsync(cancellationToken));

        // 3
        using var client = new HttpClient { BaseAddress = store.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", BenchStore.Token) } };
        var all = rows.Calls.Concat(chunks.Calls).ToList();
        var (ofRows, ofChunks, ofAll) = (new Asked(rows.Calls, hot, filler.Last), new Asked(chunks.Calls, start, hot.AddTicks(-1)), new Asked(all, start, filler.Last));
        await AskAsync(client, [ofRows, ofChunks, ofAll], rounds: 1, cancellationToken); // unmeasured
        var measured = await AskAsync(client, [ofRows, ofChunks, ofAll], options.Rounds, cancellationToken);
        var logSeconds = await AskLogAsync(log, cancellationToken);

        // 4
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (beganAt, had) = (clock.GetTimestamp(), filler.Calls);
        var storing = StoreAtRateAsync(filler, enough.Token);
        var busy = await AskAsync(client, [new Asked(all, start, filler.Last)], options.Rounds, cancellationToken);
        var rate = (filler.Calls - had) / clock.GetElapsedTime(beganAt).TotalSeconds;
        await enough.CancelAsync();
        await storing;

        var timings = SearchCases.All.Select((one, i) => new SearchTiming(one.Name, measured[0][i], measured[1][i], measured[2][i], busy[0][i])).ToList();
        return new SearchMeasurement(stored, stored - before, filled, bytes, timings, rate, log.Calls, log.Bytes, logSeconds);

        void See(CallRecord call)
        {
            (call.Time < hot ? chunks : rows).Add(call);
            if (log.Calls < MostInLog)
            {
                log.Write(call);
            }
        }
    }

    /// <returns>For each range, for each question, what it took, sorted.</returns>
    private async Task<List<double>[][]> AskAsync(HttpClient client, IReadOnlyList<Asked> ranges, int rounds, CancellationToken cancellationToken)
    {
        var took = ranges.Select(_ => SearchCases.All.Select(_ => new List<double>()).ToArray()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < SearchCases.All.Count; i++)
            {
                for (var r = 0; r < ranges.Count; r++)
                {
                    var suitable = ranges[r].Calls.Where(SearchCases.All[i].Suits).ToList();
                    for (var n = 0; n < PerRound && suitable.Count > 0; n++)
                    {
                        took[r][i].Add(await AskAsync(client, SearchCases.All[i], ranges[r], suitable[_random.Next(suitable.Count)], cancellationToken));
                    }
                }
            }
        }

        foreach (var list in took.SelectMany(lists => lists))
        {
            list.Sort();
        }

        return took;
    }

    private async Task<double> AskAsync(HttpClient client, SearchCase asked, Asked range, CallRecord call, CancellationToken cancellationToken)
    {
        var to = asked.EndsAnywhere ? range.From + (range.To - range.From) * (0.1 + 0.9 * _random.NextDouble()) : range.To;
        var url = string.Create(CultureInfo.InvariantCulture, $"{asked.Endpoint}{Uri.EscapeDataString(asked.Query(call))}&from={range.From:O}&to={to:O}");
        var started = clock.GetTimestamp();
        using var response = await client.GetAsync(url, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var took = clock.GetElapsedTime(started).TotalMilliseconds;
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchException($"{url} was answered with {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        }

        if (asked.Finds is { } finds)
        {
            using var page = JsonDocument.Parse(body);
            if (page.RootElement.GetProperty("items").GetArrayLength() > 0 != finds)
            {
                throw new BenchException($"{url} finds {(finds ? "nothing" : "something")}.");
            }
        }

        return took;
    }

    private async Task<double> AskLogAsync(LogSearch log, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        for (var i = 0; i < LogQuestions; i++)
        {
            var started = clock.GetTimestamp();
            if (await log.CountAsync($"{Guid.NewGuid()}", cancellationToken) != 0)
            {
                throw new BenchException("zgrep found an audit-id that there is not.");
            }

            took.Add(clock.GetElapsedTime(started).TotalSeconds);
        }

        took.Sort();
        return SearchTiming.Percentile(took, 0.5);
    }

    private async Task StoreAtRateAsync(CallFiller filler, CancellationToken enough)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(CallFiller.BatchSize / IngestPerSecond), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(enough))
            {
                await filler.StoreOneAsync(enough);
            }
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Enough was asked.
        }
    }

    /// <summary>A range, and calls that are in it.</summary>
    private sealed record Asked(IReadOnlyList<CallRecord> Calls, DateTime From, DateTime To);
}
