using System.Text.Json;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export;

/// <summary>An export is the search, paged to its end.</summary>
public sealed class ExportAgreementTests(PostgresServer postgres)
{
    private const int Calls = 400;
    private const int Queries = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_OfRandomQueries_HasTheCallsOfTheSearchInItsOrder()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Export:PageSize=37");
        var random = new RandomSearch(3);
        var calls = random.Calls(Calls, SampleCalls.Now.AddMinutes(-1));
        await store.DeliverAsync(calls, Cancel);
        var matches = 0;
        var pages = 0;

        for (var i = 0; i < Queries; i++)
        {
            var (query, _) = random.Query(calls);
            var expected = (await store.SearchAsync(query, Cancel)).Select(item => item.Id).ToList();

            var exported = Exports.Lines(await store.ExportAsync("ndjson", Cancel, query));

            exported.Select(call => call.GetProperty("id").GetString()!).ShouldBe(expected, query);
            matches += expected.Count is > 0 and < Calls ? 1 : 0;
            pages += expected.Count > 37 ? 1 : 0;
        }

        (matches, pages).ShouldSatisfyAllConditions(m => m.matches.ShouldBeGreaterThan(Queries / 3), m => m.pages.ShouldBeGreaterThan(Queries / 10));
    }

    [Fact]
    public async Task Export_OfManyPages_HasEveryCallOnceInEveryFormat()
    {
        const int Many = 1_500;
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(new RandomSearch(4).Calls(Many, SampleCalls.Now.AddMinutes(-1)), Cancel);
        var expected = (await store.SearchAsync("", Cancel)).Select(item => item.Id).ToList();
        expected.Count.ShouldBe(Many);

        Exports.Lines(await store.ExportAsync("ndjson", Cancel)).Select(call => call.GetProperty("id").GetString()!).ShouldBe(expected);
        var table = CsvReader.Read(await store.ExportAsync("csv", Cancel));
        table.Skip(1).Select(row => row[table[0].IndexOf("call")]).ShouldBe(expected);
        HarDocument.Entries(await store.ExportAsync("har", Cancel)).Select(entry => entry.GetProperty("_kubelens").GetProperty("id").GetString()!).ShouldBe(expected);
        Exports.Lines(await store.ExportAsync("audit", Cancel)).Select(e => e.GetProperty("annotations").GetProperty("kubelens.call").GetString()!).ShouldBe(expected);
    }

    [Fact]
    public async Task Ndjson_OfACall_IsTheJsonOfTheCall()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One(), SampleCalls.One(name: "wéb\n\"0\"")], Cancel);
        var expected = new List<string>();
        foreach (var item in await store.SearchAsync("", Cancel))
        {
            expected.Add(await store.Auditor.GetStringAsync($"/api/v1/calls/{item.Id}", Cancel));
        }

        var lines = (await store.ExportAsync("ndjson", Cancel)).Split('\n');

        lines.ShouldBe([.. expected, ""]);
        JsonSerializer.Deserialize<JsonElement>(lines[0]).GetProperty("responseBody").GetProperty("text").GetString().ShouldBe("{\"kind\":\"Pod\"}");
    }

    [Fact]
    public async Task Export_OfCallsWhosePackIsGone_HasTheRest()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(3), Cancel);
        await store.ScalarAsync<long>("with gone as (delete from pack returning 1) select count(*) from gone", Cancel);

        var calls = Exports.Lines(await store.ExportAsync("ndjson", Cancel));

        calls.Count.ShouldBe(3);
        calls.ShouldAllBe(call => call.GetProperty("responseBody").GetProperty("note").GetString() == "expired");
    }

    [Fact]
    public async Task Export_OfCallsInFlight_LeavesThemOut()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var running = SampleCalls.One(name: "running") with { Boot = "00000000000000b1" };
        await store.DeliverRecordsAsync([Otlp.Open(running), Otlp.Lease(running.Boot), Otlp.Record(SampleCalls.One(name: "ended"))], Cancel);
        (await store.SearchAsync("", Cancel)).Count.ShouldBe(2);

        Exports.Lines(await store.ExportAsync("ndjson", Cancel)).ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("ended");
        (await store.ExportAsync("ndjson", Cancel, "is:inflight")).ShouldBeEmpty();
    }
}
