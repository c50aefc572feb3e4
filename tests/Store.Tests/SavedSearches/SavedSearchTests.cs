using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using KubeLens.Contracts.Search;
using KubeLens.Store.Access;
using KubeLens.Store.SavedSearches;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.SavedSearches;

public sealed class SavedSearchTests(PostgresServer postgres)
{
    private const string Route = "/api/v1/saved-searches";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Kept_IsItsOwnersAndOnlySharedOnesAreSeenByOthers()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var alice = As(store, StoreRole.Viewer, "alice");
        using var bob = As(store, StoreRole.Auditor, "bob");

        var kept = (await PutAsync(alice, "who deletes?", """{"query":"verb:delete -user:system:*","from":"now-7d","columns":["user"]}""")).Item!;
        (kept.Name, kept.Query, kept.From, kept.To, kept.Owner, kept.IsShared).ShouldBe(("who deletes?", "verb:delete -user:system:*", "now-7d", "now", "alice", false));
        kept.Columns.ShouldBe(["user"]);
        (await GetAsync(alice, "who deletes?")).ShouldNotBeNull().Query.ShouldBe(kept.Query);
        (await NamesAsync(bob)).ShouldBeEmpty();
        (await GetAsync(bob, "who deletes?", "alice")).ShouldBeNull();

        await PutAsync(alice, "who deletes?", """{"query":"verb:delete","isShared":true}""");
        await PutAsync(bob, "who deletes?", "{}");
        (await NamesAsync(bob)).ShouldBe(["who deletes? of alice", "who deletes? of bob"]);
        (await NamesAsync(alice)).ShouldBe(["who deletes? of alice"]);
        (await GetAsync(bob, "who deletes?", "alice")).ShouldNotBeNull().Query.ShouldBe("verb:delete");

        (await bob.DeleteAsync($"{Route}/who%20deletes%3F?owner=alice", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await bob.DeleteAsync($"{Route}/who%20deletes%3F", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await bob.DeleteAsync($"{Route}/who%20deletes%3F", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var admin = As(store, StoreRole.Admin, "carol");
        (await admin.DeleteAsync($"{Route}/who%20deletes%3F?owner=alice", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await NamesAsync(alice)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"query":"usr:alice"}""", "query Q101")]
    [InlineData("""{"query":"body:x"}""", "query Q112")]
    [InlineData("""{"from":"yesterday-ish","to":"now"}""", "from Q153")]
    [InlineData("""{"from":"now","to":"now-1h"}""", "to Q151")]
    [InlineData("""{"columns":["user","colour"]}""", "columns Q165")]
    [InlineData("""{"columns":[null]}""", "columns Q165")]
    public async Task Search_ThatCannotBeRun_IsRefusedWithItsFieldAndCode(string body, string expected)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var alice = As(store, StoreRole.Viewer, "alice");

        var (status, _, problem) = await PutAsync(alice, "mine", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem!.Messages.Select(message => $"{message.Parameter} {message.Code}").ShouldBe([expected]);
        (await NamesAsync(alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Searches_OfOneOwner_AreBounded()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var alice = As(store, StoreRole.Viewer, "alice");
        var table = store.Services.GetRequiredService<SavedSearchTable>();
        foreach (var i in Enumerable.Range(0, SavedSearchTable.Most))
        {
            (await table.PutAsync(new SavedSearchItem($"s{i}", "", "now-1h", "now", [], "alice", false, SampleCalls.Now), Cancel)).ShouldBeTrue();
        }

        (await PutAsync(alice, "one more", "{}")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await PutAsync(alice, "s7", """{"query":"verb:get"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(alice, new string('n', 101), "{}")).Problem!.Messages.Single().Parameter.ShouldBe("name");
    }

    private static HttpClient As(TestStore store, StoreRole role, string user) => store.Client(store.Services.GetRequiredService<SessionTokens>().Issue(role, user).Token);

    private static async Task<(HttpStatusCode Status, SavedSearchItem? Item, QueryProblem? Problem)> PutAsync(HttpClient client, string name, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await client.PutAsync($"{Route}/{Uri.EscapeDataString(name)}", content, Cancel);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => (answer.StatusCode, await answer.Content.ReadFromJsonAsync<SavedSearchItem>(Cancel), null),
            HttpStatusCode.BadRequest => (answer.StatusCode, null, await answer.Content.ReadFromJsonAsync<QueryProblem>(Cancel)),
            _ => (answer.StatusCode, null, null),
        };
    }

    private static async Task<SavedSearchItem?> GetAsync(HttpClient client, string name, string? owner = null)
    {
        using var answer = await client.GetAsync($"{Route}/{Uri.EscapeDataString(name)}{(owner is null ? "" : $"?owner={owner}")}", Cancel);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : JsonSerializer.Deserialize<SavedSearchItem>(await answer.Content.ReadAsStringAsync(Cancel), JsonSerializerOptions.Web);
    }

    private static async Task<IEnumerable<string>> NamesAsync(HttpClient client) => (await client.GetFromJsonAsync<SavedSearchList>(Route, Cancel))!.Items.Select(item => $"{item.Name} of {item.Owner}");
}
