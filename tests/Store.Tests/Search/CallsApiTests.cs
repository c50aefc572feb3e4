using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Search;

public sealed class CallsApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_OneCall_AnswersTheGoldenJson()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var call = SampleCalls.One() with { Time = DateTimeOffset.Parse("2026-11-01T10:15:00.00012Z", null), AuditId = Guid.Parse("019a3c58-0000-7000-8000-000000000001"), Position = new CallPosition(7L << 32, 3, 9, new DateOnly(2026, 11, 1)) };
        var bare = new CallRecord { Time = call.Time.AddSeconds(-1), Position = new CallPosition(7L << 32 | 1, 0, 1, new DateOnly(2026, 11, 1)) };
        await store.DeliverAsync([call, bare], Cancel);

        using var response = await store.Auditor.GetAsync("/api/v1/calls?from=2026-11-01T10:00:00Z&to=2026-11-01T11:00:00Z", Cancel);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe(
            $$"""
            {"items":[{"id":"{{CallId.Of(call.Time, 7L << 32, 3)}}","inFlight":false,"time":"2026-11-01T10:15:00.000120Z","cluster":"prod","user":"alice","groups":["system:masters","system:authenticated"],"caller":"laptop","verb":"get","apiGroup":"","apiVersion":"v1","resource":"pods","subresource":"","namespace":"default","name":"web-0","auditId":"019a3c58-0000-7000-8000-000000000001","method":"GET","path":"/api/v1/namespaces/default/pods/web-0?pretty=true","status":200,"latencyMs":12.345,"requestBytes":0,"responseBytes":17,"userAgent":"kubectl/v1.32.0 (linux/amd64)","sourceIp":"127.0.0.1","traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"},{"id":"{{CallId.Of(bare.Time, 7L << 32 | 1, 0)}}","inFlight":false,"time":"2026-11-01T10:14:59.000120Z","cluster":"","user":"","groups":[],"caller":"","verb":"","apiGroup":"","apiVersion":"","resource":"","subresource":"","namespace":"","name":"","auditId":"","method":"","path":"","status":null,"latencyMs":0,"requestBytes":0,"responseBytes":0,"userAgent":"","sourceIp":"","traceId":null,"spanId":null}],"next":null,"moreInFlight":0,"searchedTo":null}
            """);
    }

    [Fact]
    public async Task Recording_OfACall_IsAFileAndAbsentWhereNothingWasRecorded()
    {
        const string Cast = "{\"version\":2,\"width\":80,\"height\":24}\n[0.5,\"o\",\"h\u00e9llo\"]\n";
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var session = new CallSession { Kind = "exec", Command = ["sh", "-c", "ls"], Container = "main", IsTty = true, Streams = ["stdout"], Protocol = "v5.channel.k8s.io", Result = "failure", ExitCode = 3, Failure = "exit code 3", OutputBytes = 5, Resizes = 1, Columns = 120, Rows = 40, Recorded = "output" };
        var recorded = SampleCalls.One(name: "recorded") with { Session = session, Subresource = "exec", ResponseBytes = 5, ResponseBody = new CallBody(System.Text.Encoding.UTF8.GetBytes(Cast), CallBodyNote.Whole, 0) };
        await store.DeliverAsync([recorded, SampleCalls.One(name: "unrecorded") with { Session = session with { Recorded = "" } }, SampleCalls.One(name: "other")], Cancel);
        var items = await store.SearchAsync("", Cancel, "now-1h", "now");
        string Id(string name) => items.Single(item => item.Name == name).Id;

        using var file = await store.Auditor.GetAsync($"/api/v1/calls/{Id("recorded")}/recording", Cancel);
        (file.StatusCode, file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileName)
            .ShouldBe((HttpStatusCode.OK, "application/x-asciicast", "attachment", $"{Id("recorded")}.cast"));
        (await file.Content.ReadAsStringAsync(Cancel)).ShouldBe(Cast);
        foreach (var (name, reason) in new[] { ("unrecorded", "The terminal was not recorded"), ("other", "no exec or attach") })
        {
            using var none = await store.Auditor.GetAsync($"/api/v1/calls/{Id(name)}/recording", Cancel);
            none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await none.Content.ReadAsStringAsync(Cancel)).ShouldContain(reason);
        }

        var details = JsonSerializer.Deserialize<CallDetails>(await store.Auditor.GetStringAsync($"/api/v1/calls/{Id("recorded")}", Cancel), JsonSerializerOptions.Web)!.Session.ShouldNotBeNull();
        (details.Kind, details.Container, details.IsTty, details.ExitCode, details.Columns, details.Recorded).ShouldBe(("exec", "main", true, 3, 120, "output"));
        details.Command.ShouldBe(["sh", "-c", "ls"]);
    }

    [Fact]
    public async Task Details_OfAWatch_HaveItsEvents()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var watch = new CallWatch
        {
            Encoding = "json",
            Added = 2,
            AddedBytes = 900,
            Bookmarks = 1,
            BookmarkBytes = 100,
            Errors = 1,
            ErrorBytes = 150,
            FirstUs = 1_500,
            LastUs = 60_000_000,
            FirstVersion = "11",
            LastVersion = "20",
            BookmarkVersion = "20",
            ErrorCode = 410,
            ErrorReason = "Expired",
            Uncounted = "it ended within an event",
            Events = [new CallWatchEvent("ADDED", "shop", "web", "11", 450, 1_500)],
        };
        await store.DeliverAsync([SampleCalls.One(name: "watched") with { Verb = "watch", Watch = watch }, SampleCalls.One(name: "other")], Cancel);
        var items = await store.SearchAsync("", Cancel, "now-1h", "now");
        async Task<WatchItem?> WatchOf(string name) => JsonSerializer.Deserialize<CallDetails>(await store.Auditor.GetStringAsync($"/api/v1/calls/{items.Single(item => item.Name == name).Id}", Cancel), JsonSerializerOptions.Web)!.Watch;

        (await WatchOf("other")).ShouldBeNull();
        var item = (await WatchOf("watched")).ShouldNotBeNull();
        (item.Encoding, item.Added, item.Modified, item.Deleted, item.Bookmarks, item.Errors, item.Unknown).ShouldBe(
            ("json", new WatchCount(2, 900), new WatchCount(0, 0), new WatchCount(0, 0), new WatchCount(1, 100), new WatchCount(1, 150), new WatchCount(0, 0)));
        (item.FirstMs, item.LastMs, item.FirstVersion, item.LastVersion, item.BookmarkVersion).ShouldBe((1.5, 60_000, "11", "20", "20"));
        (item.ErrorCode, item.ErrorReason, item.Uncounted).ShouldBe((410, "Expired", "it ended within an event"));
        item.Events.ShouldBe([new WatchEventItem("ADDED", "shop", "web", "11", 450, 1.5)]);
    }

    [Fact]
    public async Task Search_ByDefault_IsTheLastHour_BothEndsIncluded()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var time = SampleCalls.Now.AddHours(-3);
        await store.DeliverAsync([SampleCalls.One(name: "now"), SampleCalls.One(name: "old") with { Time = time }], Cancel);

        using var answer = await store.Auditor.GetAsync("/api/v1/calls", Cancel);
        JsonSerializer.Deserialize<CallPage>(await answer.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!.Items.ShouldHaveSingleItem().Name.ShouldBe("now");
        var exactly = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null);
        (await store.SearchAsync("", Cancel, exactly, exactly)).ShouldHaveSingleItem().Name.ShouldBe("old");
        (await store.SearchAsync("", Cancel, "now-4h", "now-2h")).ShouldHaveSingleItem().Name.ShouldBe("old");
    }

    [Fact]
    public async Task Search_Paged_KeepsItsRangeWhileNewCallsCome()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(25), Cancel);
        var first = await store.PageAsync("verb:get", "now-1h", "now", 10, null, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "newer")], Cancel);

        var second = await store.PageAsync("verb:get", "now-1h", "now", 10, first.Next, Cancel);
        var third = await store.PageAsync("verb:get", "now-1h", "now", 10, second.Next, Cancel);

        third.Next.ShouldBeNull();
        first.Items.Concat(second.Items).Concat(third.Items).Select(i => i.Name).ShouldBe(Enumerable.Range(0, 25).Select(i => $"web-{24 - i}"), ignoreOrder: true);
    }

    [Theory]
    [InlineData("q=user:%22open", "q", 5, "Q103")]
    [InlineData("q=nonsense:1", "q", 0, "Q101")]
    [InlineData("q=body:ab", "q", 5, "Q112")]
    [InlineData("q=latency:%3E5", "q", 9, "Q104")]
    [InlineData("from=tomorrowish", "from", 0, null)]
    [InlineData("to=now-2h", "to", 0, "Q151")]
    [InlineData("limit=0", "limit", 0, "Q160")]
    [InlineData("limit=1001", "limit", 0, "Q160")]
    [InlineData("limit=ten", "limit", 0, "Q160")]
    [InlineData("cursor=abc", "cursor", 0, "Q161")]
    [InlineData("cursor=AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor", 0, "Q161")]
    [InlineData("form=now-1d", "form", 0, "Q162")]
    [InlineData("q=a&q=b", "q", 0, "Q162")]
    public async Task Search_BadParameter_IsRefusedWithItsPlace(string query, string parameter, int column, string? code)
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);

        using var response = await store.Auditor.GetAsync($"/api/v1/calls?{query}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonSerializer.Deserialize<QueryProblem>(await response.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!;
        problem.Status.ShouldBe(400);
        problem.Title.ShouldNotBeEmpty();
        var message = problem.Messages.ShouldHaveSingleItem();
        (message.Parameter, message.Column).ShouldBe((parameter, column), message.Text);
        message.Length.ShouldBeGreaterThan(0);
        message.Code.ShouldBe(code ?? message.Code);
    }

    [Fact]
    public async Task Search_CursorOfAnotherSearch_IsRefused()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(3), Cancel);
        var page = await store.PageAsync("verb:get", "now-1h", "now", 1, null, Cancel);

        using var response = await store.Auditor.GetAsync($"/api/v1/calls?q=verb:list&from=now-1h&to=now&limit=1&cursor={page.Next}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("another search");
    }

    [Fact]
    public async Task Search_TooSlow_SaysThatItWasStopped()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Search:TimeoutSeconds=1");
        await using var blocker = await store.LockAsync("call_overflow", "access exclusive", Cancel);

        using var response = await store.Auditor.GetAsync("/api/v1/calls", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var problem = JsonSerializer.Deserialize<QueryProblem>(await response.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web)!;
        problem.Messages.ShouldHaveSingleItem().Code.ShouldBe("Q230");
        problem.Title.ShouldContain("stopped after 1 s");
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("..%2f..")]
    [InlineData("000000000000000000000")]
    public async Task Get_UnknownCall_IsNotFoundSayingSo(string id)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        using var response = await store.Auditor.GetAsync($"/api/v1/calls/{id}", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("no call");
    }

    [Fact]
    public async Task Get_Bodies_IsLoggedWithWhoAndWhich()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "with"), SampleCalls.One(name: "without") with { ResponseBody = CallBody.None, ResponseBytes = 0 }], Cancel);
        var with = (await store.SearchAsync("name:with", Cancel)).Single();

        await store.GetAsync((await store.SearchAsync("name:without", Cancel)).Single().Id, Cancel);
        await store.GetAsync(with.Id, Cancel);

        var line = store.Logs.Lines.Where(l => l.Id.Id == 1400).ShouldHaveSingleItem().Text;
        line.ShouldContain(with.Id);
        line.ShouldContain(with.AuditId);
        line.ShouldContain("the API token");
    }

    [Fact]
    public async Task Get_PackDropped_StillAnswersTheRest()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);
        var item = (await store.SearchAsync("", Cancel)).Single();
        await store.ScalarAsync<long>("with gone as (delete from pack returning 1) select count(*) from gone", Cancel);

        var details = await store.GetAsync(item.Id, Cancel);

        details.User.ShouldBe("alice");
        details.RequestHeaders.ShouldBeEmpty();
        details.ResponseBody!.KeptBytes.ShouldBe(0);
    }
}
