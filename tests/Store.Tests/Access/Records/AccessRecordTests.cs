using System.Net;
using System.Net.Http.Json;
using System.Text;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Access;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Export;
using KubeLens.Store.Tests.Objects;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Access.Records;

/// <summary>Who read what was sent and answered.</summary>
public sealed class AccessRecordTests(PostgresServer postgres)
{
    private const string Route = "/api/v1/access-records";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachRead_OfAnAuditor_IsRecordedWhenItIsAnswered()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = await DeliverAsync(store);
        var (create, patch, exec, bare) = (Id(calls[0]), Id(calls[1]), Id(calls[2]), Id(calls[3]));
        using var admin = store.As(StoreRole.Admin);

        (string Path, string[] Expected)[] reads =
        [
            ($"/api/v1/calls/{patch}", [$"bodies {patch} "]),
            ($"/api/v1/calls/{bare}", []),
            ($"/api/v1/calls/{exec}/recording", [$"recording {exec} "]),
            ($"/api/v1/calls/{patch}/recording", []), // there is none
            ($"/api/v1/calls/{patch}/object", [$"object {patch} "]),
            ($"/api/v1/calls/{patch}/change", [$"change {create} ", $"change {patch} "]),
            (ObjectScenario.Address, ["history  prod deployments.apps shop/web"]),
            ("/api/v1/calls?q=name:web", []),
            ("/api/v1/histogram", []),
            ("/api/v1/calls?q=has:body%20has:diff", []),
            ("/api/v1/calls?q=body:web", ["search  body:web"]),
            ("/api/v1/calls?q=name:web%20-changed:spec.replicas", ["search  name:web -changed:spec.replicas"]),
            ("/api/v1/histogram?q=body:web:1", ["search  body:web:1"]),
            ("/api/v1/facets?q=body:web:2", ["search  body:web:2"]),
            ("/api/v1/commands?q=body.kind:Deployment", ["search  body.kind:Deployment"]),
            ("/api/v1/calls?q=body:ab", []), // is no query
        ];
        foreach (var (path, expected) in reads)
        {
            var before = (await PageAsync(admin)).Items.Count;
            await store.Auditor.GetAsync(path, Cancel);
            var after = (await PageAsync(admin)).Items;
            after.Take(after.Count - before).Select(record => $"{record.Action} {record.CallId} {record.Subject}").Order(StringComparer.Ordinal).ToList().ShouldBe(expected.Order(StringComparer.Ordinal).ToList(), customMessage: path);
        }

        var newest = (await PageAsync(admin)).Items[0];
        (newest.Who, newest.Role, newest.Calls, newest.Outcome, newest.Format).ShouldBe(("the API token", "auditor", null, "", ""));
        newest.Time.ShouldBeInRange(SampleCalls.Now.AddMinutes(-1), SampleCalls.Now.AddMinutes(1));
        newest.From.ShouldNotBeNull().ShouldBeLessThan(newest.To!.Value);
    }

    [Fact]
    public async Task SearchInBodies_OfManyPages_IsRecordedOnceAndForWhoeverGoesOn()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var admin = store.As(StoreRole.Admin);

        var first = await store.PageAsync("body:deployment", "now-30d", "now+30d", 1, cursor: null, Cancel);
        var second = await store.PageAsync("body:deployment", "now-30d", "now+30d", 1, first.Next.ShouldNotBeNull(), Cancel);
        var record = (await PageAsync(admin)).Items.ShouldHaveSingleItem();
        (record.Action, record.Subject, record.Who, record.Role).ShouldBe(("search", "body:deployment", "the API token", "auditor"));
        record.From!.Value.ShouldBeLessThan(SampleCalls.Now.AddDays(-29));
        second.Items.ShouldNotBeEmpty();

        using var other = store.As(StoreRole.Auditor);
        (await other.GetAsync($"/api/v1/calls?q=body:deployment&from=now-30d&to=now%2B30d&limit=1&cursor={first.Next}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PageAsync(admin)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Export_OfAnAuditor_IsRecordedWithHowFarItWent()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await DeliverAsync(store);
        using var admin = store.As(StoreRole.Admin);

        await store.ExportAsync("har", Cancel, "verb:patch");

        await Eventually.Async(async () => (await PageAsync(admin)).Items[0].Calls is not null, Cancel);
        var record = (await PageAsync(admin)).Items.ShouldHaveSingleItem();
        (record.Action, record.Subject, record.Format, record.Calls, record.Outcome).ShouldBe(("export", "verb:patch", "har", 1, "whole"));
        record.From!.Value.ShouldBeLessThan(SampleCalls.Now.AddDays(-29));
    }

    [Fact]
    public async Task Viewer_LeavesNoRecord()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var calls = await DeliverAsync(store);
        using var viewer = store.As(StoreRole.Viewer);

        foreach (var path in new[] { $"/api/v1/calls/{Id(calls[1])}", $"/api/v1/calls/{Id(calls[1])}/change", ObjectScenario.Address, Exports.PathOf("ndjson") })
        {
            (await viewer.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        (await store.ScalarAsync<long>("select count(*) from access_record", Cancel)).ShouldBe(0);
    }

    // A body that nobody is known to have read is worse than one that cannot be read for a while.
    [Fact]
    public async Task Read_ThatCannotBeRecorded_ShowsNothing()
    {
        const string Content = "web:2";
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var patch = Id((await DeliverAsync(store))[1]);
        (await store.Auditor.GetStringAsync($"/api/v1/calls/{patch}", Cancel)).ShouldContain(Content);
        await BreakAsync(store);

        foreach (var path in new[] { $"/api/v1/calls/{patch}", $"/api/v1/calls/{patch}/object", $"/api/v1/calls/{patch}/change", ObjectScenario.Address, Exports.PathOf("ndjson"), Exports.PathOf("csv"), "/api/v1/calls?q=body:web", "/api/v1/histogram?q=body:web", "/api/v1/facets?q=body:web", "/api/v1/commands?q=body:web", "/api/v1/live?q=body:web" })
        {
            using var answer = await store.Auditor.GetAsync(path, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldNotContain(Content, Case.Sensitive, path);
        }

        using var viewer = store.As(StoreRole.Viewer);
        foreach (var (client, path) in new[] { (store.Auditor, "/api/v1/calls"), (viewer, $"/api/v1/calls/{patch}"), (viewer, Exports.PathOf("ndjson")) })
        {
            (await client.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task Records_ArePagedAndFiltered()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var ids = (await DeliverAsync(store)).Take(3).Select(Id).ToList();
        using var auditor = store.As(StoreRole.Auditor);
        using var admin = store.As(StoreRole.Admin);
        foreach (var id in ids.Concat(ids))
        {
            await store.Auditor.GetAsync($"/api/v1/calls/{id}", Cancel);
        }

        await auditor.GetAsync($"/api/v1/calls/{ids[0]}", Cancel);

        var all = (await PageAsync(admin)).Items;
        all.Select(record => record.CallId).ShouldBe([ids[0], ids[2], ids[1], ids[0], ids[2], ids[1], ids[0]]);
        var paged = new List<AccessRecordItem>();
        string? cursor = null;
        do
        {
            var page = await PageAsync(admin, $"limit=3&cursor={cursor}");
            page.Items.Count.ShouldBeInRange(1, 3);
            paged.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        paged.ShouldBe(all);
        (await PageAsync(admin, $"call={ids[0]}")).Items.Select(record => record.Id).ShouldBe(all.Where(record => record.CallId == ids[0]).Select(record => record.Id));
        (await PageAsync(admin, $"who={Uri.EscapeDataString(all[0].Who)}")).Items.ShouldBe([all[0]]);
        (await PageAsync(admin, "to=now-1h")).Items.ShouldBeEmpty();
        using var wrong = await admin.GetAsync($"{Route}?user=alice", Cancel);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync(Cancel)).ShouldContain("Q162");
    }

    [Fact]
    public async Task Records_OlderThanTheirDays_Go()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(database, folder, Cancel, time, "--Retention:AccessDays=10");
        await store.WaitUntilReadyAsync(Cancel);
        await store.Auditor.GetAsync($"/api/v1/calls/{Id((await DeliverAsync(store))[1])}", Cancel);
        var retention = store.Services.GetRequiredService<RetentionRun>();

        time.Advance(TimeSpan.FromDays(9));
        await retention.DropDueAsync(Cancel);
        (await store.ScalarAsync<long>("select count(*) from access_record", Cancel)).ShouldBe(1);
        time.Advance(TimeSpan.FromDays(2));
        await retention.DropDueAsync(Cancel);
        (await store.ScalarAsync<long>("select count(*) from access_record", Cancel)).ShouldBe(0);
    }

    private static async Task<List<CallRecord>> DeliverAsync(TestStore store)
    {
        var scenario = new ObjectScenario(SampleCalls.Now.AddMinutes(-5));
        scenario.Add("create", ObjectScenario.Deployment(1));
        scenario.Add("patch", ObjectScenario.Deployment(2, image: "web:2"));
        scenario.Add("create", null, sub: "exec", change: call => call with
        {
            Session = new CallSession { Kind = "exec", Recorded = "output" },
            ResponseBytes = 9,
            ResponseBody = new CallBody(Encoding.UTF8.GetBytes("{\"version\":2}\n"), CallBodyNote.Whole, 0),
        });
        scenario.Add("list", null);
        await store.DeliverAsync(scenario.Calls, Cancel);
        return scenario.Calls;
    }

    private static async Task BreakAsync(TestStore store)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("alter table access_record rename to broken", connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static string Id(CallRecord call) => ObjectScenario.IdOf(call);

    private static async Task<AccessRecordPage> PageAsync(HttpClient admin, string parameters = "") => (await admin.GetFromJsonAsync<AccessRecordPage>($"{Route}?{parameters}", Cancel))!;
}
