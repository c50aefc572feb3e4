using System.Net;
using System.Net.Http.Json;
using KubeLens.Contracts.Holds;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.Database;
using KubeLens.Store.Holds;
using KubeLens.Store.Retention;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace KubeLens.Store.Tests.Holds;

/// <summary>Legal holds over the API: the same as the command's.</summary>
public sealed class HoldsApiTests(PostgresServer postgres)
{
    private const string Route = "/api/v1/holds";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static HoldRequest Request => new("case-1", "name:hot-3 OR name:sealed-1?", "now-1d", null, "court order 7");

    [Fact]
    public async Task Hold_OverTheApi_KeepsUntilItIsReleased()
    {
        using var folder = new TempFolder("store");
        var database = await postgres.CreateDatabaseAsync(Cancel);
        await using (var store = await StartAsync(database, folder, 0))
        {
            await store.FillAsync(Cancel);
            using var admin = As(store, StoreRole.Admin, "carol");
            var (status, hold, _) = await PlaceAsync(admin, Request);
            status.ShouldBe(HttpStatusCode.Created);
            (hold!.Name, hold.Query, hold.Reason, hold.ReleasedBy, hold.ReleasedAt).ShouldBe(("case-1", Request.Query, "court order 7", null, null));
            hold.PlacedBy.ShouldStartWith("carol (session ");
            (hold.To - hold.From).ShouldBe(TimeSpan.FromDays(1));
            store.Logs.Lines.ShouldContain(line => line.Id.Id == 1397 && line.Text.StartsWith("carol (session ", StringComparison.Ordinal) && line.Text.Contains("court order 7", StringComparison.Ordinal));
            await PlaceAsync(admin, Request with { Name = "case-2", Query = "body:\"of hot-3.\"" });
            var list = await ListAsync(store);
            list.Items.Select(item => $"{item.Name} {item.KeptCalls}").ShouldBe(["case-2 ", "case-1 0"]);
            (await StoreProcess.RunAsync(store.ConnectionString, Cancel, "hold", "list")).Output.ShouldContain("case-1: holds; placed ");
        }

        await using (var store = await StartAsync(database, folder, 95))
        {
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            (await store.SearchAsync("", Cancel, from: "2020-01-01")).Count.ShouldBe(11);
            var list = await ListAsync(store);
            list.Items.Select(item => $"{item.Name} {item.KeptCalls}").ShouldBe(["case-2 ", "case-1 11"]);
            list.KeptCalls.ShouldBe(11);
            list.KeptBytes.ShouldBeGreaterThan(0);
            using var admin = As(store, StoreRole.Admin, "dave");

            (await admin.DeleteAsync($"{Route}/{list.Items[1].Id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await admin.DeleteAsync($"{Route}/{list.Items[1].Id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await admin.DeleteAsync($"{Route}/4711", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

            var released = (await ListAsync(store)).Items[1];
            (released.Name, released.KeptCalls).ShouldBe(("case-1", null));
            released.ReleasedBy.ShouldNotBeNull().ShouldStartWith("dave (session ");
            store.Logs.Lines.ShouldContain(line => line.Id.Id == 1398 && line.Text.Contains("case-1", StringComparison.Ordinal));
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
            (await store.SearchAsync("", Cancel, from: "2020-01-01")).ShouldHaveSingleItem().Name.ShouldBe("hot-3", "the other hold finds it still");
        }
    }

    [Theory]
    [InlineData("""{}""", "name Q173", "reason Q173", "query Q173", "from Q173")]
    [InlineData("""{"name":"a\nb","query":"*","from":"now-1d","reason":"x"}""", "name Q173")]
    [InlineData("""{"name":"a","query":"usr:alice","from":"whenever","reason":"x"}""", "query Q101", "from Q153")]
    [InlineData("""{"name":"a","query":"*","from":"now","to":"now-1h","reason":"x"}""", "to Q151")]
    [InlineData("""{"name":"a","query":"verb:get -has:(trace,note)","from":"now-1d","reason":"x"}""", "query Q173")]
    public async Task Hold_ThatCannotBe_IsRefusedWithEveryFieldThatIsWrong(string json, params string[] expected)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var admin = As(store, StoreRole.Admin, "carol");
        using var content = new StringContent(json, null, "application/json");

        using var answer = await admin.PostAsync(Route, content, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<QueryProblem>(Cancel))!.Messages.Select(message => $"{message.Parameter} {message.Code}").ShouldBe(expected);
        (await ListAsync(store)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hold_OfANameInForce_IsRefused_UntilThatIsReleased()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var admin = As(store, StoreRole.Admin, "carol");
        var first = (await PlaceAsync(admin, Request)).Hold!;

        (await PlaceAsync(admin, Request)).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(HttpStatusCode.Conflict), r => r.Problem.ShouldStartWith("name: there is a legal hold case-1 already"));
        await admin.DeleteAsync($"{Route}/{first.Id}", Cancel);
        (await PlaceAsync(admin, Request)).Status.ShouldBe(HttpStatusCode.Created);

        (await ListAsync(store)).Items.Select(item => item.ReleasedBy is null).ShouldBe([true, false]);
    }

    /// <summary>What is being dropped was looked through without it: the hold must not seem to be there.</summary>
    [Fact]
    public async Task Hold_WhileCallsAreDropped_IsNotPlacedAndSaysSo()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var admin = As(store, StoreRole.Admin, "carol");
        await using (var connection = new NpgsqlConnection(store.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await HoldTable.FenceAsync(connection, Cancel);
            using var answer = await admin.PostAsJsonAsync(Route, Request, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await answer.Content.ReadFromJsonAsync<QueryProblem>(Cancel))!.Title.ShouldContain("nothing is held yet");
        }

        (await ListAsync(store)).Items.ShouldBeEmpty();
        (await PlaceAsync(admin, Request)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Command_ForWhatHasNotes_IsRefused()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var add = await StoreProcess.RunAsync(store.ConnectionString, Cancel, "hold", "add", "--name", "case-1", "--q", "has:note", "--from", "now-1d", "--reason", "x");

        add.ExitCode.ShouldBe(1);
        add.Error.ShouldContain("--q: A legal hold cannot ask for has:note");
        (await ListAsync(store)).Items.ShouldBeEmpty();
    }

    private static HttpClient As(TestStore store, StoreRole role, string user) => store.Client(store.Services.GetRequiredService<SessionTokens>().Issue(role, user).Token);

    private static async Task<(HttpStatusCode Status, HoldItem? Hold, string Problem)> PlaceAsync(HttpClient client, HoldRequest request)
    {
        using var answer = await client.PostAsJsonAsync(Route, request, Cancel);
        return answer.IsSuccessStatusCode
            ? (answer.StatusCode, await answer.Content.ReadFromJsonAsync<HoldItem>(Cancel), "")
            : (answer.StatusCode, null, (await answer.Content.ReadFromJsonAsync<ProblemDetails>(Cancel))?.Detail ?? "");
    }

    private static async Task<HoldList> ListAsync(TestStore store) => (await store.Auditor.GetFromJsonAsync<HoldList>(Route, Cancel))!;

    private static async Task<TestStore> StartAsync(string database, TempFolder folder, int days)
    {
        var store = await TestStore.StartAsync(database, folder, Cancel, new ShiftedTime(TimeSpan.FromDays(days)), [.. SealedStore.Settings, "--Sealing:GraceMinutes=0"]);
        await store.Services.GetRequiredService<DatabaseState>().WaitUntilMigratedAsync(Cancel);
        return store;
    }
}
