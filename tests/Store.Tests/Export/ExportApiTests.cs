using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export;

public sealed class ExportApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ndjson", "application/x-ndjson", "ndjson")]
    [InlineData("CSV", "text/csv; charset=utf-8", "csv")]
    [InlineData("har", "application/json", "har")]
    [InlineData("audit", "application/x-ndjson", "audit.ndjson")]
    [InlineData("", "application/x-ndjson", "ndjson")]
    public async Task Export_InAFormat_IsAFileNamedForItsRange(string format, string type, string extension)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);

        using var response = await store.Auditor.GetAsync(Exports.PathOf(format, from: "2026-11-01T10:00:00Z", to: "2026-11-01T10:30:05.5Z"), Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe(type);
        (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName)
            .ShouldBe(("attachment", $"kubelens-20261101T100000Z-20261101T103005Z.{extension}"));
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("format=xml", "format", 0, "Q163")]
    [InlineData("format=ndjson&format=csv", "format", 0, "Q162")]
    [InlineData("q=nonsense:1", "q", 0, "Q101")]
    [InlineData("to=now-2h", "to", 0, "Q151")]
    [InlineData("limit=ten", "limit", 0, "Q162")]
    [InlineData("cursor=abc", "cursor", 0, "Q162")]
    public async Task Export_BadParameter_IsRefusedWithItsPlace(string query, string parameter, int column, string code)
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);

        using var response = await store.Auditor.GetAsync($"/api/v1/export?{query}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Content.Headers.ContentDisposition.ShouldBeNull();
        var message = JsonSerializer.Deserialize<QueryProblem>(await response.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!.Messages.ShouldHaveSingleItem();
        (message.Parameter, message.Column, message.Code).ShouldBe((parameter, column, code), message.Text);
        if (code == "Q163")
        {
            (message.Text, message.Fix).ShouldBe(("format: \"xml\" is none of ndjson, csv, har, audit.", "ndjson"));
        }
    }

    [Fact]
    public async Task Export_TooSlow_SaysThatItWasStopped()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Export:TimeoutSeconds=1");
        await using var blocker = await store.LockAsync("call_overflow", "access exclusive", Cancel);

        using var response = await store.Auditor.GetAsync("/api/v1/export", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonSerializer.Deserialize<QueryProblem>(await response.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!.Messages.ShouldHaveSingleItem().Code.ShouldBe("Q230");
    }

    [Fact]
    public async Task Export_IsRecorded_WithWhoWhatAndHowMuch()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "a"), SampleCalls.One(name: "b"), SampleCalls.One(name: "c\nd")], Cancel);

        await store.ExportAsync("csv", Cancel, "name:(a,\"c\nd\")");

        await Eventually.Async(() => store.Logs.Lines.Any(l => l.Id.Id == 1350), Cancel);
        store.Logs.Lines.Where(l => l.Id.Id == 1350).ShouldHaveSingleItem().Text.ShouldStartWith("the API token exported 2 calls as csv (whole): q=name:(a,\\u0022c\\nd\\u0022), from ");
    }

    [Fact]
    public async Task Export_ForAClientThatAcceptsGzip_IsCompressed()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Export:PageSize=10");
        await store.DeliverAsync(SampleCalls.Batch(60), Cancel);
        var plain = await store.ExportAsync("ndjson", Cancel);

        using var request = new HttpRequestMessage(HttpMethod.Get, Exports.PathOf("ndjson")) { Headers = { AcceptEncoding = { new("gzip") } } };
        using var response = await store.Auditor.SendAsync(request, Cancel);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        using var unzipped = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress));
        (await unzipped.ReadToEndAsync(Cancel)).ShouldBe(plain);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    public async Task Export_ThatFailsAmidTheStream_IsCutAndNotEnded(string encoding)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Export:PageSize=10");
        await store.DeliverAsync(SampleCalls.Batch(30, batchId: 5L << 32), Cancel);
        await store.DeliverAsync(SampleCalls.Batch(10, batchId: 4L << 32).Select(call => call with { Time = call.Time.AddMinutes(-1) }), Cancel);
        (await store.ScalarAsync<long>($"with broken as (update pack set data = '\\x00' where batch_id = {4L << 32} returning 1) select count(*) from broken", Cancel)).ShouldBe(1);

        using var request = new HttpRequestMessage(HttpMethod.Get, Exports.PathOf("ndjson")) { Headers = { AcceptEncoding = { new(encoding) } } };
        using var response = await store.Auditor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Exception>(async () => await response.Content.ReadAsByteArrayAsync(Cancel));

        await Eventually.Async(() => store.Logs.Lines.Any(l => l.Id.Id == 1350), Cancel);
        store.Logs.Lines.Where(l => l.Id.Id == 1350).ShouldHaveSingleItem().Text.ShouldContain("exported 30 calls as ndjson (cut)");
        store.Logs.Lines.ShouldContain(l => l.Id.Id == 1351 && l.Text.Contains(nameof(InvalidDataException)));
    }

    [Fact]
    public async Task Export_WhoseClientLeaves_EndsAndMakesRoomForTheNext()
    {
        const int Many = 800;
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Export:PageSize=20", "--Export:MaxConcurrent=1");
        var body = new CallBody(Encoding.ASCII.GetBytes(new string('x', 64 << 10)), CallBodyNote.Whole, 0);
        foreach (var part in SampleCalls.Batch(Many).Select(call => call with { ResponseBody = body, ResponseBytes = body.Content.Length }).Chunk(200))
        {
            await store.DeliverAsync(part, Cancel);
        }

        using (var response = await store.Auditor.GetAsync(Exports.PathOf("ndjson"), HttpCompletionOption.ResponseHeadersRead, Cancel))
        {
            await (await response.Content.ReadAsStreamAsync(Cancel)).ReadExactlyAsync(new byte[1], Cancel);
            using var busy = await store.Auditor.GetAsync(Exports.PathOf("csv"), Cancel);
            busy.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await busy.Content.ReadAsStringAsync(Cancel)).ShouldContain("Export:MaxConcurrent");
        }

        await Eventually.Async(() => store.Logs.Lines.Any(l => l.Id.Id == 1350), Cancel);
        var line = store.Logs.Lines.Where(l => l.Id.Id == 1350).ShouldHaveSingleItem().Text;
        line.ShouldContain("(clientLeft)");
        int.Parse(line.Split(" exported ")[1].Split(' ')[0], null).ShouldBeLessThan(Many);
        (await store.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and application_name = 'kubelens-store' and state <> 'idle' and query like '%from call %'", Cancel)).ShouldBe(0);
        await Eventually.Async(async () => (await store.Auditor.GetAsync(Exports.PathOf("csv"), Cancel)).IsSuccessStatusCode, Cancel);
    }
}
