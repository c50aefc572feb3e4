using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Tests.Export;
using KubeLens.Store.Tests.Objects;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Access;

/// <summary>What a viewer sees: calls, and nothing of what was sent and answered.</summary>
public sealed class ViewerTests(PostgresServer postgres)
{
    private const string Content = "cntnt-7c1f";

    private static readonly string[] Formats = ["ndjson", "csv", "har", "audit"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpointOfAViewer_LeavesOutWhatWasSentAndAnswered()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);
        var told = new Dictionary<string, bool>();
        foreach (var (name, _) in AccessTable.Roles.Where(endpoint => endpoint.Value == StoreRole.Viewer && endpoint.Key.StartsWith("GET ", StringComparison.Ordinal)))
        {
            foreach (var path in PathsOf(name, calls))
            {
                var (seen, all) = (await ReadAsync(viewer, path), await ReadAsync(store.Auditor, path));
                seen.ShouldNotContain(Content, Case.Sensitive, path);
                told[name] = told.GetValueOrDefault(name) || all.Contains(Content, StringComparison.Ordinal);
            }
        }

        // Where an auditor sees it, the test would have found it.
        told.Where(endpoint => endpoint.Value).Select(endpoint => endpoint.Key.Split('/')[^1]).Order().ShouldBe(["change", "export", "{id}", "{name}"]);
    }

    [Fact]
    public async Task Details_ForAViewer_SayWhatIsLeftOut()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);

        var patch = await DetailsAsync(viewer, calls[1]);
        patch.Withheld.ShouldBe(["message", "requestHeaders", "requestBody", "responseBody"]);
        patch.Message.ShouldBe("");
        patch.RequestHeaders.Select(header => (header.Name, header.Values.Count)).ShouldBe([("accept", 2), ("x-note", 0)]);
        var whole = await DetailsAsync(store.Auditor, calls[1]);
        whole.Withheld.ShouldBeEmpty();
        patch.RequestBody.ShouldBe(whole.RequestBody! with { Note = "notPermitted", Text = "" });
        (patch.Verb, patch.User, patch.Path, patch.Status, patch.ResponseBytes, patch.Object.ResourceVersion).ShouldBe((whole.Verb, whole.User, whole.Path, whole.Status, whole.ResponseBytes, whole.Object.ResourceVersion));

        var exec = await DetailsAsync(viewer, calls[2]);
        exec.Withheld.ShouldBe(["session.failure", "responseBody"]);
        (exec.Session!.Command[0], exec.Session.ExitCode, exec.Session.Failure).ShouldBe(("sh", 3, ""));

        // Nothing is kept of it: that is why there is no text, not the role.
        var dropped = await DetailsAsync(viewer, calls[3]);
        (dropped.ResponseBody!.Note, dropped.Withheld.Count).ShouldBe(("dropped", 0));
        foreach (var what in new[] { "object", "recording" })
        {
            using var refused = await viewer.GetAsync($"/api/v1/calls/{ObjectScenario.IdOf(calls[2])}/{what}", Cancel);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("it is for the role auditor");
        }
    }

    [Fact]
    public async Task History_ForAViewer_CountsWhatChangedAndDoesNotTellIt()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);

        var history = JsonSerializer.Deserialize<ObjectHistory>(await ReadAsync(viewer, ObjectScenario.Address), JsonSerializerOptions.Web)!;
        history.Versions.Select(version => (version.Verb, version.Kind, version.HasState, version.IsWithheld, version.Changes.Count, version.ChangeCount))
            .ShouldBe([("patch", ObjectVersionKinds.Changed, false, true, 0, 1), ("create", ObjectVersionKinds.Created, false, true, 0, 0)]);
        var change = JsonSerializer.Deserialize<CallChange>(await ReadAsync(viewer, $"/api/v1/calls/{ObjectScenario.IdOf(calls[1])}/change"), JsonSerializerOptions.Web)!;
        (change.Before, change.After, change.Version.IsWithheld, change.Version.ChangeCount).ShouldBe((null, null, true, 1));
    }

    [Fact]
    public async Task Export_ForAViewer_HasEveryCallWithoutItsBodies()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);

        var events = Exports.Lines(await ReadAsync(viewer, Exports.PathOf("audit")));
        events.Select(line => line.GetProperty("level").GetString()).ShouldBe(["Metadata", "Metadata", "Metadata", "Metadata"]);
        Exports.Lines(await ReadAsync(viewer, Exports.PathOf("ndjson"))).ShouldAllBe(line => line.GetProperty("requestBody").ValueKind == JsonValueKind.Null || line.GetProperty("requestBody").GetProperty("note").GetString() == "notPermitted");
        var har = JsonDocument.Parse(await ReadAsync(viewer, Exports.PathOf("har"))).RootElement.GetProperty("log").GetProperty("entries").EnumerateArray().ToList();
        har.Select(entry => entry.GetProperty("response").GetProperty("content").GetProperty("text").GetString()).ShouldAllBe(text => text == "");
        har.Count(entry => entry.GetProperty("response").GetProperty("content").GetProperty("comment").GetString() == "notPermitted").ShouldBe(3);
    }

    // A viewer must not find out by questions what is in bodies: not by what is found, nor by how many are.
    [Theory]
    [InlineData($"body:{Content}")]
    [InlineData("body:*")]
    [InlineData("-body.spec.replicas:3")]
    [InlineData("verb:get OR (name:web AND NOT changed:spec.template)")]
    public async Task Search_ForAViewer_AsksNoBodies(string query)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);

        foreach (var path in new[] { "calls", "histogram", "facets", "commands", "live", "export" })
        {
            using var answer = await viewer.GetAsync($"/api/v1/{path}?q={Uri.EscapeDataString(query)}", Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            var problem = await answer.Content.ReadFromJsonAsync<QueryProblem>(Cancel);
            problem!.Messages.ShouldHaveSingleItem().Code.ShouldBe("Q221", path);
        }
    }

    // That there are some is seen of each call as well.
    [Fact]
    public async Task Search_ForAViewer_FindsWhatHasBodies()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);

        async Task<int> CountAsync(string query) => (await viewer.GetFromJsonAsync<CallPage>($"/api/v1/calls?q={query}&from=now-30d", Cancel))!.Items.Count;

        (await CountAsync("has:body")).ShouldBe(3);
        (await CountAsync("has:diff")).ShouldBe(1);
    }

    private static async Task<List<CallRecord>> DeliverAsync(TestStore store)
    {
        var scenario = new ObjectScenario(SampleCalls.Now.AddMinutes(-5));
        scenario.Add("create", ObjectScenario.Deployment(1, image: $"{Content}:1"), request: Content);
        scenario.Add("patch", ObjectScenario.Deployment(2, image: $"{Content}:2"), request: $$"""{"spec":"{{Content}}"}""", change: call => call with
        {
            RequestHeaders = [.. call.RequestHeaders, new CallHeader("x-note", [Content])],
            Object = call.Object with { Message = $"invalid value: {Content}" },
        });
        scenario.Add("create", null, sub: "exec", change: call => call with
        {
            Session = new CallSession { Kind = "exec", Command = ["sh"], Result = "failure", ExitCode = 3, Failure = Content, Recorded = "output" },
            ResponseBody = new CallBody(Encoding.UTF8.GetBytes($"{{\"version\":2}}\n[0.5,\"o\",\"{Content}\"]\n"), CallBodyNote.Whole, 0),
        });
        scenario.Add("list", null, change: call => call with { ResponseBytes = 9, ResponseBody = new CallBody(Array.Empty<byte>(), CallBodyNote.Dropped, 0) });
        await store.DeliverAsync(scenario.Calls, Cancel);
        return scenario.Calls;
    }

    // Every way to ask that could show a body.
    private static IEnumerable<string> PathsOf(string endpoint, List<CallRecord> calls)
    {
        var path = endpoint.Split(' ')[1];
        return path.EndsWith("/export", StringComparison.Ordinal) ? Formats.Select(format => Exports.PathOf(format))
            : path.EndsWith("/live", StringComparison.Ordinal) ? [$"{path}?from=now-1h"]
            : path.EndsWith("/facets", StringComparison.Ordinal) ? [$"{path}?from=now-1h&fields=user,verb,resource,ns,client,status"]
            : path.StartsWith("/api/v1/objects/", StringComparison.Ordinal) ? [ObjectScenario.Address]
            : path.Contains("{id}", StringComparison.Ordinal) ? calls.Select(call => path.Replace("{id}", ObjectScenario.IdOf(call), StringComparison.Ordinal))
            : [path];
    }

    private static async Task<string> ReadAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await response.Content.ReadAsStringAsync(Cancel);
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Cancel);
        }
        while (line is not null && !line.Contains("\"id\"", StringComparison.Ordinal));
        return line.ShouldNotBeNull();
    }

    private static async Task<CallDetails> DetailsAsync(HttpClient client, CallRecord call) =>
        JsonSerializer.Deserialize<CallDetails>(await ReadAsync(client, $"/api/v1/calls/{ObjectScenario.IdOf(call)}"), JsonSerializerOptions.Web)!;
}
