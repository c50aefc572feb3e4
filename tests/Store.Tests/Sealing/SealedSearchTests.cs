using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Query;
using KubeLens.Contracts.Search;
using KubeLens.Store.Search;
using KubeLens.Store.Sealing.Columns;
using KubeLens.Store.Tests.Export;
using KubeLens.Store.Tests.Notes;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Sealing;

public sealed class SealedSearchTests(PostgresServer postgres)
{
    private const int Calls = 400;
    private const int Queries = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two thirds of the calls are sealed, in two hours and many chunks; the others are rows.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Search_OfRandomQueries_FindsTheSameSealedAsBefore(int seed)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var random = new RandomSearch(seed);
        var calls = Spread(random.Calls(Calls, SealedStore.HourAgo(4)));
        (await store.DeliverAsync(calls, Cancel)).PartialSuccess.ShouldBeNull();
        await RandomNotes.WriteAsync(store, calls, Cancel);
        var newestFirst = NewestFirst(calls);
        var before = await store.ExportAsync("ndjson", Cancel);

        await store.SealAsync(Cancel);

        var (rows, overflow, sealedCalls) = await store.PlacesAsync(Cancel);
        (rows + overflow + sealedCalls).ShouldBe(Calls);
        rows.ShouldBeGreaterThan(50);
        (await store.ScalarAsync<long>("select count(*) from call_chunk", Cancel)).ShouldBeGreaterThan(3);
        var matches = 0;
        for (var i = 0; i < Queries; i++)
        {
            if (i == Queries / 2)
            {
                // As of chunks that were sealed before there were signatures.
                await store.ScalarAsync<long>("with older as (update call_chunk set signature = null where chunk_no % 2 = 0 returning 1) select count(*) from older", Cancel);
            }

            var (text, root) = random.Query(calls);
            var expected = newestFirst.Where(c => NaiveQuery.Matches(root, c)).Select(SealedStore.IdOf).ToList();

            var found = await store.SearchAsync(text, Cancel, limit: random.Limit());

            found.Select(f => f.Id).ShouldBe(expected, $"query {i}: {text}");
            matches += expected.Count is > 0 and < Calls ? 1 : 0;
        }

        matches.ShouldBeGreaterThan(Queries / 3, "too many of the queries matched nothing or everything to say much");
        (await store.ExportAsync("ndjson", Cancel)).ShouldBe(before);
    }

    [Fact]
    public async Task Call_ByItsId_IsTheSameSealedAsBefore()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var calls = new RandomSearch(21).Calls(200, SealedStore.HourAgo(3));
        calls[0] = calls[0] with { AuditId = Guid.CreateVersion7(), ResponseHeaders = [new CallHeader("x", ["\u0001a", "\u0001", "\u0001\u0001d", "plain"]), new CallHeader("audit-id", [calls[0].AuditId.ToString()])] };
        calls[0] = calls[0] with { ResponseHeaders = [.. calls[0].ResponseHeaders, new CallHeader("audit-id", [calls[0].AuditId.ToString()]), new CallHeader("date", [calls[0].Time.ToString("R")])] };
        await store.DeliverAsync(calls, Cancel);
        var before = await DescribeAsync(store, calls);

        await store.SealAsync(Cancel);

        (await store.PlacesAsync(Cancel)).ShouldBe((0, 0, 200));
        (await DescribeAsync(store, calls)).ShouldBe(before);
        (await store.GetAsync(SealedStore.IdOf(calls[0]), Cancel)).ResponseHeaders[0].Values.ShouldBe(["\u0001a", "\u0001", "\u0001\u0001d", "plain"]);
        var nobody = CallId.Of(calls[0].Time, calls[0].Position!.BatchId, 8_000).ToString();
        (await store.Auditor.GetAsync($"/api/v1/calls/{nobody}", Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Cursor_OfAPageBeforeSealing_GoesOnAfterIt()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var calls = Spread(new RandomSearch(31).Calls(300, SealedStore.HourAgo(4)));
        await store.DeliverAsync(calls, Cancel);
        var (from, to) = ("now-30d", "now+30d");
        var items = new List<CallItem>();
        string? cursor = null;
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            var found = await store.PageAsync("", from, to, 37, cursor, Cancel);
            items.AddRange(found.Items);
            cursor = found.Next;
            if (page == 2)
            {
                await store.SealAsync(Cancel);
                (await store.PlacesAsync(Cancel)).Sealed.ShouldBeGreaterThan(150);
            }
        }

        items.Select(item => item.Id).ShouldBe(NewestFirst(calls).Select(SealedStore.IdOf));
    }

    [Theory]
    [InlineData("audit:{0}")]
    [InlineData("call:{1}")]
    [InlineData("name:needle")]
    public async Task Search_ForOneOfMany_FindsItInItsChunk(string query)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var calls = new RandomSearch(41).Calls(300, SealedStore.HourAgo(3)).ConvertAll(call => call with { AuditId = Guid.CreateVersion7() });
        calls[123] = calls[123] with { Name = "needle" };
        await store.DeliverAsync(calls, Cancel);
        await store.SealAsync(Cancel);

        var found = await store.SearchAsync(string.Format(null, query, calls[123].AuditId, SealedStore.IdOf(calls[123])), Cancel);

        found.ShouldHaveSingleItem().Id.ShouldBe(SealedStore.IdOf(calls[123]));
    }

    [Theory]
    [InlineData("needle")]
    [InlineData("\"some/NEEDLE-of\"")]
    [InlineData("name:in-*-hay")]
    [InlineData("path:*needle-of*")]
    [InlineData("user:finder status:418")]
    [InlineData("user:finder status:4xx")]
    [InlineData("user:finder (status:418 OR status:428)")]
    [InlineData("ns:stack resource:pods")]
    [InlineData("verb:get ns:stack -user:alice")]
    public async Task Chunks_ThatHaveAllOfItAndNeverTogether_AreNotRead(string query)
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var template = SampleCalls.One() with { Path = "/api/v1/pods", Query = "", User = "alice", Verb = "get", Resource = "pods", Namespace = "prod", Status = 200 };

        // Every chunk has each of the values, and one chunk has them in one call.
        var calls = new RandomSearch(51).Calls(320, SealedStore.HourAgo(3)).ConvertAll(call => template with { Position = call.Position, Time = call.Time, Sequence = call.Sequence });
        for (var i = 0; i < calls.Count; i++)
        {
            calls[i] = (i % 4) switch
            {
                0 => calls[i] with { User = "finder" },
                1 => calls[i] with { Status = 418 },
                2 => calls[i] with { Namespace = "stack", Resource = "nodes", Verb = "list" },
                _ => calls[i],
            };
        }

        calls[123] = calls[123] with { User = "finder", Status = 418, Namespace = "stack", Name = "in-some-hay", Path = "/some/needle-of/x" };
        await store.DeliverAsync(calls, Cancel);
        await store.SealAsync(Cancel);

        (await store.SearchAsync(query, Cancel)).ShouldHaveSingleItem().Id.ShouldBe(SealedStore.IdOf(calls[123]));
        (await ChunksReadAsync(store, query)).ShouldBeLessThan(await store.ScalarAsync<long>("select count(*) from call_chunk", Cancel) / 2);
    }

    private static async Task<long> ChunksReadAsync(TestStore store, string query)
    {
        var compiled = QueryCompiler.Compile(QueryParser.Parse(query).Root!);
        await using var connection = await store.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await SearchStart.ReadAsync(connection, compiled.Lookups, TimeSpan.FromMinutes(1), Cancel);
        return (await SealedChunks.ReadAsync(connection, compiled.Condition.Chunks()!, [ChunkColumns.NumberOf("at")], int.MaxValue, TimeSpan.FromMinutes(1), Cancel)).Count;
    }

    // Some an hour before, and some now.
    private static List<CallRecord> Spread(List<CallRecord> calls) => [.. calls.Select((call, i) => (i % 3) switch { 0 => call, 1 => call with { Time = call.Time.AddHours(-1) }, _ => call with { Time = SampleCalls.Now.AddSeconds(-i % 40) } })];

    private static List<CallRecord> NewestFirst(IEnumerable<CallRecord> calls) => [.. calls.OrderByDescending(c => c.Time).ThenByDescending(c => c.Position!.BatchId).ThenByDescending(c => c.Position!.Ordinal)];

    private static async Task<List<string>> DescribeAsync(TestStore store, IEnumerable<CallRecord> calls)
    {
        var described = new List<string>();
        foreach (var call in calls)
        {
            described.Add(JsonSerializer.Serialize(await store.GetAsync(SealedStore.IdOf(call), Cancel)));
        }

        return described;
    }
}
