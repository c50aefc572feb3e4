using System.Text.Encodings.Web;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export;

public sealed class HarExportTests(PostgresServer postgres)
{
    // Escapes differ between writers; the values do not.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Har_OfRandomCalls_IsValidAndHasOneEntryEach()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Export:PageSize=50");
        await store.DeliverAsync(new RandomSearch(6).Calls(200, SampleCalls.Now.AddMinutes(-1)), Cancel);

        HarDocument.Entries(await store.ExportAsync("har", Cancel)).Count.ShouldBe(200);
    }

    [Fact]
    public async Task Har_OfNoCalls_IsAValidDocument()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        HarDocument.Entries(await store.ExportAsync("har", Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Har_OfACall_HasRequestResponseAndTimings()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One() with
        {
            Method = "PATCH",
            Query = "fieldManager=a+b%2Fc&pretty",
            RequestBytes = 20,
            RequestHeaders = [new CallHeader("host", ["kube.example:6444"]), new CallHeader("accept", ["application/json", "*/*"]), new CallHeader("content-type", ["application/json"])],
            RequestBody = new CallBody("{\"data\":\"[REDACTED]\"}"u8.ToArray(), CallBodyNote.Truncated, 1),
            Timings = new CallTimings(1_500, 2_500, 9_000, 8_000),
        };
        await store.DeliverAsync([call], Cancel);

        var entry = HarDocument.Entries(await store.ExportAsync("har", Cancel)).ShouldHaveSingleItem();

        var request = entry.GetProperty("request");
        request.GetProperty("method").GetString().ShouldBe("PATCH");
        request.GetProperty("url").GetString().ShouldBe("https://kube.example:6444/api/v1/namespaces/default/pods/web-0?fieldManager=a+b%2Fc&pretty");
        request.GetProperty("httpVersion").GetString().ShouldBe("HTTP/2");
        request.GetProperty("queryString").ToString().ShouldBe("""[{"name":"fieldManager","value":"a b/c"},{"name":"pretty","value":""}]""");
        request.GetProperty("headers").EnumerateArray().Where(h => h.GetProperty("name").GetString() == "accept").Select(h => h.GetProperty("value").GetString()).ShouldBe(["application/json", "*/*"]);
        request.GetProperty("bodySize").GetInt64().ShouldBe(20);
        Json(request.GetProperty("postData")).ShouldBe("""{"mimeType":"application/json","text":"{\"data\":\"[REDACTED]\"}","comment":"truncated"}""");
        var response = entry.GetProperty("response");
        (response.GetProperty("status").GetInt32(), response.GetProperty("statusText").GetString()).ShouldBe((200, "OK"));
        Json(response.GetProperty("content")).ShouldBe("""{"size":14,"mimeType":"application/json","text":"{\"kind\":\"Pod\"}"}""");
        entry.GetProperty("timings").ToString().ShouldBe("""{"blocked":-1,"dns":-1,"connect":4.0,"ssl":2.5,"send":0,"wait":5.0,"receive":3.345}""");
        entry.GetProperty("time").GetDecimal().ShouldBe(12.345m);
        (entry.GetProperty("serverIPAddress").GetString(), entry.GetProperty("connection").GetString()).ShouldBe(("10.0.0.7", "50123"));
        var own = entry.GetProperty("_kubelens");
        own.GetProperty("user").GetString().ShouldBe("alice");
        own.GetProperty("requestHeaders").GetArrayLength().ShouldBe(0);
        own.GetProperty("requestBody").GetProperty("redactedValues").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Har_OfBytesThatAreNoText_HasThemAsBase64()
    {
        byte[] bytes = [0x1f, 0x8b, 0xff, 0x00];
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One() with { ResponseBytes = 4, ResponseBody = new CallBody(bytes, CallBodyNote.Whole, 0) }], Cancel);

        var content = HarDocument.Entries(await store.ExportAsync("har", Cancel)).Single().GetProperty("response").GetProperty("content");

        content.GetProperty("encoding").GetString().ShouldBe("base64");
        content.GetProperty("text").GetBytesFromBase64().ShouldBe(bytes);
    }

    [Fact]
    public async Task Har_OfACallThatReachedNobody_IsValid()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([new CallRecord { Time = SampleCalls.Now.AddSeconds(-1), Cluster = "no host", LatencyUs = 7, Timings = new CallTimings(900, null, 800, null) }], Cancel);

        var entry = HarDocument.Entries(await store.ExportAsync("har", Cancel)).Single();

        entry.GetProperty("request").GetProperty("url").GetString().ShouldBe("https://unknown.invalid/");
        entry.GetProperty("response").GetProperty("status").GetInt32().ShouldBe(0);
        entry.GetProperty("time").GetDecimal().ShouldBe(0.007m, "no phase outlasts the call");
    }

    private static string Json(JsonElement element) => JsonSerializer.Serialize(element, Plain);
}
