using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export;

public sealed class AuditExportTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audit_OfACall_IsTheEventThatAnApiServerWrites()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One() with
        {
            Time = DateTimeOffset.Parse("2026-11-01T10:15:00.00012Z", null),
            AuditId = Guid.Parse("019a3c58-0000-7000-8000-000000000001"),
            Position = new CallPosition(7L << 32, 3, 9, new DateOnly(2026, 11, 1)),
            Verb = "update",
            Method = "PUT",
            ApiGroup = "apps",
            Resource = "deployments",
            Subresource = "scale",
            ImpersonatedUser = "bob",
            Path = "/apis/apps/v1/namespaces/default/deployments/web-0/scale",
            Query = "",
            Status = 409,
            Reason = "Conflict",
            RequestBytes = 30,
            RequestBody = new CallBody("{ \"a b\" : [ 1.0e0,\r\n\t\"\\\" \\ud800\\\\\" ] }\n"u8.ToArray(), CallBodyNote.Whole, 0),
            Object = new CallObject { Uid = "0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071", ResourceVersion = "12", ResourceVersionBefore = "11", Message = "it has changed" },
        };
        await store.DeliverAsync([call], Cancel);

        using var response = await store.Auditor.GetAsync("/api/v1/export?from=2026-11-01T10:00:00Z&to=2026-11-01T11:00:00Z&format=audit", Cancel);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe(
            $$$"""
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"019a3c58-0000-7000-8000-000000000001","stage":"ResponseComplete",
            "requestURI":"/apis/apps/v1/namespaces/default/deployments/web-0/scale","verb":"update",
            "user":{"username":"alice","groups":["system:masters","system:authenticated"]},"impersonatedUser":{"username":"bob"},"sourceIPs":["127.0.0.1"],"userAgent":"kubectl/v1.32.0 (linux/amd64)",
            "objectRef":{"resource":"deployments","namespace":"default","name":"web-0","uid":"0190c2d4-5b6e-7f80-9a1b-2c3d4e5f6071","apiGroup":"apps","apiVersion":"v1","resourceVersion":"11","subresource":"scale"},
            "responseStatus":{"metadata":{},"status":"Failure","message":"it has changed","reason":"Conflict","code":409},"requestObject":{"a b":[1.0e0,"\" \ud800\\"]},"responseObject":{"kind":"Pod"},
            "requestReceivedTimestamp":"2026-11-01T10:14:59.987775Z","stageTimestamp":"2026-11-01T10:15:00.000120Z",
            "annotations":{"kubelens.call":"{{{CallId.Of(call.Time, 7L << 32, 3)}}}","kubelens.cluster":"prod","kubelens.gateway":"gw-1","kubelens.caller":"laptop","kubelens.user-source":"certificate","kubelens.outcome":"completed","kubelens.resource-version":"12","kubelens.redacted-values":"2","kubelens.trace":"0af7651916cd43dd8448eb211c80319c","kubelens.span":"b7ad6b7169203331"}}
            """.ReplaceLineEndings("") + "\n");
    }

    [Theory]
    [InlineData("{\"a\":1}", CallBodyNote.Whole, "get", "RequestResponse")]
    [InlineData("{\"a\":1}", CallBodyNote.Whole, "watch", "Metadata")]
    [InlineData("{\"a\":1}", CallBodyNote.Truncated, "get", "Metadata")]
    [InlineData("{\"a\":1}", CallBodyNote.MetadataOnly, "get", "Metadata")]
    [InlineData("{\"a\":1}{\"a\":2}", CallBodyNote.Whole, "get", "Metadata")]
    [InlineData("{\"a\":", CallBodyNote.Whole, "get", "Metadata")]
    [InlineData("a: 1", CallBodyNote.Whole, "get", "Metadata")]
    [InlineData("\"\u00ff\"", CallBodyNote.Whole, "get", "RequestResponse")]
    public async Task Audit_OfAResponse_HasItsObjectWhereItIsWholeJson(string body, CallBodyNote note, string verb, string level)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One() with { Verb = verb, ResponseBody = new CallBody(Encoding.UTF8.GetBytes(body), note, 0) }], Cancel);

        var line = Exports.Lines(await store.ExportAsync("audit", Cancel)).ShouldHaveSingleItem();

        line.GetProperty("level").GetString().ShouldBe(level);
        line.TryGetProperty("responseObject", out var value).ShouldBe(level == "RequestResponse");
        (value.ValueKind == JsonValueKind.Undefined || value.ToString() == body.Trim('"')).ShouldBeTrue();
        line.GetProperty("annotations").TryGetProperty("kubelens.response-body", out _).ShouldBe(note != CallBodyNote.Whole);
    }

    [Fact]
    public async Task Audit_OfBytesThatAreNoText_HasNoObject()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One() with { ResponseBody = new CallBody((byte[])[(byte)'"', 0xff, (byte)'"'], CallBodyNote.Whole, 0) }], Cancel);

        Exports.Lines(await store.ExportAsync("audit", Cancel)).Single().TryGetProperty("responseObject", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Audit_OfRandomCalls_HasTheFieldsThatEveryEventHas()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(new RandomSearch(7).Calls(200, SampleCalls.Now.AddMinutes(-1)), Cancel);

        var lines = Exports.Lines(await store.ExportAsync("audit", Cancel));

        lines.Count.ShouldBe(200);
        foreach (var line in lines)
        {
            foreach (var name in new[] { "level", "auditID", "stage", "requestURI", "verb", "requestReceivedTimestamp", "stageTimestamp" })
            {
                line.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.String, name);
            }

            line.GetProperty("auditID").GetString().ShouldNotBeEmpty();
            line.GetProperty("user").ValueKind.ShouldBe(JsonValueKind.Object);
            line.GetProperty("sourceIPs").ValueKind.ShouldBe(JsonValueKind.Array);
            line.TryGetProperty("objectRef", out var reference).ShouldBe(reference.ValueKind == JsonValueKind.Object && reference.GetProperty("resource").GetString() != "");
        }
    }
}
