using System.Text.Json;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Hosting;

public sealed class OpenApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_DescribesParametersAnswersAndSecurity()
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);

        using var document = JsonDocument.Parse(await store.Nobody.GetStringAsync("/openapi/v1.json", Cancel));

        var paths = document.RootElement.GetProperty("paths");
        paths.EnumerateObject().Select(p => p.Name).ShouldBe(["/v1/logs", "/audit/webhook", "/api/v1/calls", "/api/v1/calls/{id}", "/api/v1/calls/{id}/recording", "/api/v1/calls/{id}/object", "/api/v1/calls/{id}/change", "/api/v1/objects/{group}/{resource}/{namespace}/{name}", "/api/v1/histogram", "/api/v1/facets", "/api/v1/commands", "/api/v1/access-review", "/api/v1/status", "/api/v1/export", "/api/v1/live", "/api/v1/sessions", "/api/v1/tokens", "/api/v1/tokens/{id}", "/api/v1/access-records", "/api/v1/saved-searches", "/api/v1/saved-searches/{name}", "/api/v1/calls/{id}/notes", "/api/v1/calls/{id}/notes/{note}", "/api/v1/holds", "/api/v1/holds/{id}"], ignoreOrder: true);
        var search = paths.GetProperty("/api/v1/calls").GetProperty("get");
        search.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["q", "from", "to", "limit", "cursor"]);
        search.GetProperty("parameters").EnumerateArray().ShouldAllBe(p => p.GetProperty("description").GetString()!.Length > 10);
        search.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldBe(["200", "400", "401", "403", "503"], ignoreOrder: true);
        foreach (var (path, names) in new (string, string[])[] { ("/api/v1/histogram", ["q", "from", "to", "buckets"]), ("/api/v1/facets", ["q", "from", "to", "fields", "top"]) })
        {
            var counts = paths.GetProperty(path).GetProperty("get");
            counts.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(names);
            counts.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldBe(["200", "400", "401", "403", "503"], ignoreOrder: true);
            counts.GetProperty("description").GetString().ShouldNotBeNull().ShouldContain("Ended calls only");
        }

        var history = paths.GetProperty("/api/v1/objects/{group}/{resource}/{namespace}/{name}").GetProperty("get");
        history.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["group", "resource", "namespace", "name", "cluster", "uid", "from", "to", "limit", "cursor"]);
        history.GetProperty("parameters").EnumerateArray().ShouldAllBe(p => p.GetProperty("description").GetString()!.Length > 10);
        history.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldBe(["200", "400", "401", "403", "503"], ignoreOrder: true);
        var export = paths.GetProperty("/api/v1/export").GetProperty("get");
        export.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["q", "from", "to", "format"]);
        export.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Select(c => c.Name).ShouldBe(["application/x-ndjson", "text/csv", "application/json"]);
        search.GetProperty("security")[0].GetProperty("bearer").EnumerateArray().Single().GetString().ShouldBe("Viewer");
        paths.GetProperty("/api/v1/calls/{id}/object").GetProperty("get").GetProperty("security")[0].GetProperty("bearer").EnumerateArray().Single().GetString().ShouldBe("Auditor");
        paths.GetProperty("/v1/logs").GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("application/x-protobuf", out _).ShouldBeTrue();
        paths.GetProperty("/api/v1/sessions").GetProperty("post").TryGetProperty("security", out _).ShouldBeFalse();
        document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString().ShouldBe("bearer");
        string[] Answers(string path, string method) => [.. paths.GetProperty(path).GetProperty(method).GetProperty("responses").EnumerateObject().Select(r => r.Name)];
        Answers("/api/v1/calls/{id}/notes", "post").ShouldBe(["201", "400", "401", "403", "404", "409", "503"], ignoreOrder: true);
        Answers("/api/v1/holds", "post").ShouldBe(["201", "400", "401", "403", "409", "503"], ignoreOrder: true);
        paths.GetProperty("/api/v1/calls/{id}/notes").GetProperty("post").GetProperty("security")[0].GetProperty("bearer").EnumerateArray().Single().GetString().ShouldBe("Viewer");
        paths.GetProperty("/api/v1/holds").GetProperty("get").GetProperty("security")[0].GetProperty("bearer").EnumerateArray().Single().GetString().ShouldBe("Auditor");
        paths.GetProperty("/api/v1/holds/{id}").GetProperty("delete").GetProperty("security")[0].GetProperty("bearer").EnumerateArray().Single().GetString().ShouldBe("Admin");
        var item = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("CallItem").GetProperty("properties").EnumerateObject().Select(p => p.Name);
        item.ShouldBe(
            [
                "id", "inFlight", "time", "cluster", "user", "groups", "caller", "verb", "apiGroup", "apiVersion", "resource", "subresource", "namespace", "name", "auditId", "method", "path",
                "status", "latencyMs", "requestBytes", "responseBytes", "userAgent", "sourceIp", "traceId", "spanId",
            ],
            ignoreOrder: true);
    }
}
