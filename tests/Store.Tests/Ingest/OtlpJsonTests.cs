using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Ingest;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Ingest;

public sealed class OtlpJsonTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Json_IsStoredAsTheSameInProtobuf()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One(user: "älice \"😀\"") with { ResponseBody = new CallBody(new byte[] { 0, 1, 255, 10 }, CallBodyNote.Whole, 0), Position = new CallPosition(SampleCalls.NextBatchId(), 0, 1, DateOnly.FromDateTime(SampleCalls.Now.UtcDateTime)) };
        var other = call with { Position = call.Position with { BatchId = SampleCalls.NextBatchId() } };
        await store.DeliverAsync([other], Cancel);

        var (status, type, answer) = await PostAsync(store, JsonOf(call).ToJsonString());

        (status, type, answer.Count).ShouldBe((HttpStatusCode.OK, "application/json", 0));
        var (stored, same) = (await store.GetAsync(SealedStore.IdOf(call), Cancel), await store.GetAsync(SealedStore.IdOf(other), Cancel));
        (stored with { Id = "" }).ToJson().ShouldBe((same with { Id = "" }).ToJson());
        stored.TraceId.ShouldBe(call.TraceId);
    }

    /// <summary>As other producers write it: numbers of 64 bits as text or not, fields that nobody knows, snake case.</summary>
    [Fact]
    public async Task Post_JsonOfSomebodyElse_IsReadAndWhatIsNoCallToldOf()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var (status, _, answer) = await PostAsync(store, """
            {"resourceLogs":[{"schemaUrl":"https://example.org","scopeLogs":[{"logRecords":[
              {"timeUnixNano":"1700000000000000000","observedTimeUnixNano":1700000000000000000,"severityNumber":9,"severityText":"INFO","eventName":"some.event",
               "body":{"kvlistValue":{"values":[{"key":"traceId","value":{"stringValue":"zz"}}]}},"traceId":"5b8efff798038103d269b633813fc60c","span_id":"eee19b7ec3c1b174","future":{"a":[1,2.5,null,true]}}]}]}]}
            """);

        status.ShouldBe(HttpStatusCode.OK);
        answer["partialSuccess"]!["rejectedLogRecords"]!.GetValue<string>().ShouldBe("1");
        answer["partialSuccess"]!["errorMessage"]!.GetValue<string>().ShouldBe("resource_logs[0].scope_logs[0].log_records[0].event_name: expected kubelens.call, found \"some.event\"");
    }

    [Theory]
    [InlineData("{", "line 1, byte ")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{"resourceLogs":7}""", "")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"xyz"}]}]}]}""", "traceId, spanId: expected hexadecimal digits, found \"xyz\"")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}""", "soon")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"eventName":"\ud800"}]}]}]}""", "")]
    public async Task Post_JsonThatIsNone_IsRefusedSayingWhere(string json, string where)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var (status, type, answer) = await PostAsync(store, json);

        (status, type).ShouldBe((HttpStatusCode.BadRequest, "application/json"));
        answer["code"]!.GetValue<int>().ShouldBe(3);
        answer["message"]!.GetValue<string>().ShouldStartWith("body: no whole ExportLogsServiceRequest (");
        answer["message"]!.GetValue<string>().ShouldContain(where);
    }

    [Fact]
    public async Task Post_JsonThatIsDeep_IsRefused()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        (await PostAsync(store, new string('[', 100_000))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    // The JSON of protobuf, with ids in hexadecimal digits.
    private static JsonObject JsonOf(CallRecord call)
    {
        var request = JsonNode.Parse(JsonFormatter.Default.Format(Otlp.Request(Otlp.Record(call))))!.AsObject();
        var log = request["resourceLogs"]![0]!["scopeLogs"]![0]!["logRecords"]![0]!.AsObject();
        (log["traceId"], log["spanId"]) = (call.TraceId, call.SpanId);
        return request;
    }

    private static async Task<(HttpStatusCode Status, string? Type, JsonObject Body)> PostAsync(TestStore store, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, OtlpJson.ContentType);
        using var response = await store.Service.PostAsync("/v1/logs", content, Cancel);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject());
    }
}

internal static class OtlpJsonDetails
{
    public static string ToJson(this Contracts.Search.CallDetails call) => System.Text.Json.JsonSerializer.Serialize(call);
}
