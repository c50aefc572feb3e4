using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using KubeLens.Contracts.Access;
using KubeLens.Store.Access;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Access.Tokens;

public sealed class TokensApiTests(PostgresServer postgres)
{
    private const string Route = "/api/v1/tokens";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("viewer", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("auditor", HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.NotFound, HttpStatusCode.OK)]
    public async Task Token_Made_OpensWhatItsRoleMay_UntilItIsRevoked(string role, HttpStatusCode recording, HttpStatusCode tokens)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var admin = store.As(StoreRole.Admin);

        var (secret, item) = await MakeAsync(admin, "nightly report", role, "now+90d");

        (item.Name, item.Role, item.LastUsedAt, item.RevokedAt).ShouldBe(("nightly report", role, null, null));
        item.CreatedBy.ShouldStartWith("tester (session ");
        item.ExpiresAt.ShouldBeInRange(SampleCalls.Now.AddDays(89.9), SampleCalls.Now.AddDays(90.1));
        secret.Length.ShouldBe("klt_".Length + 43);
        var random = secret["klt_".Length..];
        using var client = store.Client(secret);
        (await client.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api/v1/calls/x/recording", Cancel)).StatusCode.ShouldBe(recording);
        (await client.GetAsync(Route, Cancel)).StatusCode.ShouldBe(tokens);
        (await client.PostAsync("/v1/logs", Otlp.Content([]), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        (await store.ScalarAsync<string>("select string_agg(t::text, '') from api_token t", Cancel)).ShouldNotContain(random);
        (await admin.GetStringAsync(Route, Cancel)).ShouldNotContain(random);
        store.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(random));
        store.Logs.Lines.Count(line => line.Id.Id == 1440).ShouldBe(1);

        using var revoked = await admin.DeleteAsync($"{Route}/{item.Id}", Cancel);
        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await client.GetAsync("/api/v1/calls", Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain($"The API token {item.Id} (nightly report) was revoked");
        var listed = (await ListAsync(admin)).ShouldHaveSingleItem();
        listed.RevokedBy.ShouldBe(item.CreatedBy);
        (await admin.DeleteAsync($"{Route}/{item.Id + 1}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Token_PastItsEnd_IsRefused_AndItsUseIsKnownToTenMinutes()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, time);
        await store.WaitUntilReadyAsync(Cancel);
        using var session = store.As(StoreRole.Admin);
        var (secret, _) = await MakeAsync(session, "admin", "admin", "now+1d");
        using var client = store.Client(secret);
        async Task<DateTimeOffset> LastUsedAsync() => (await ListAsync(client)).Single().LastUsedAt!.Value;

        var first = await LastUsedAsync();
        time.Advance(TimeSpan.FromMinutes(9));
        (await LastUsedAsync()).ShouldBe(first);
        time.Advance(TimeSpan.FromMinutes(2));
        (await LastUsedAsync()).ShouldBeGreaterThan(first.AddMinutes(10));

        time.Advance(TimeSpan.FromDays(1));
        using var over = await client.GetAsync(Route, Cancel);
        over.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await over.Content.ReadAsStringAsync(Cancel)).ShouldContain("make another one");
    }

    [Theory]
    [InlineData("{}", "name", "role", "expiresAt")]
    [InlineData("""{"name":"ci","role":"viewer"}""", "expiresAt")]
    [InlineData("""{"name":"ci","role":"viewer","expiresAt":"now+367d"}""", "expiresAt")]
    [InlineData("""{"name":"ci","role":"viewer","expiresAt":"now-1d"}""", "expiresAt")]
    [InlineData("""{"name":"ci","role":"viewer","expiresAt":"soon"}""", "expiresAt")]
    [InlineData("""{"name":"ci","role":"service","expiresAt":"now+1d"}""", "role")]
    [InlineData("""{"name":"ci","role":"Admin","expiresAt":"now+1d"}""", "role")]
    [InlineData("""{"name":"a\nb","role":"viewer","expiresAt":"now+1d"}""", "name")]
    [InlineData("""{"name":"ci","role":"admin","expiresAt":"now+1d","cluster":"prod"}""", "cluster")]
    [InlineData("""{"name":"ci","role":"viewer","expiresAt":"now+1d","cluster":"a\nb"}""", "cluster")]
    public async Task Token_AskedForBadly_IsRefusedWithEveryFieldThatIsWrong(string body, params string[] fields)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var admin = store.As(StoreRole.Admin);
        using var content = new StringContent(body, null, "application/json");

        using var answer = await admin.PostAsync(Route, content, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(fields);
        (await store.ScalarAsync<long>("select count(*) from api_token", Cancel)).ShouldBe(0);
    }

    [Theory]
    [InlineData("klt_")]
    [InlineData("klt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Token_Unknown_IsRefused(string token)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        using var client = store.Client(token);

        using var answer = await client.GetAsync("/api/v1/calls", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("The API token is not known here.");
    }

    // A script must not conclude that its token is no good.
    [Fact]
    public async Task Token_WhileTheDatabaseIsAway_IsToComeAgain()
    {
        await using var store = await TestStore.StartAsync("Host=127.0.0.1;Port=1;Database=none;Username=none", null, Cancel);
        using var client = store.Client("klt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

        using var answer = await client.GetAsync("/api/v1/calls", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    private static async Task<(string Secret, ApiTokenItem Item)> MakeAsync(HttpClient admin, string name, string role, string expiresAt)
    {
        using var answer = await admin.PostAsJsonAsync(Route, new ApiTokenRequest(name, role, expiresAt), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var made = (await answer.Content.ReadFromJsonAsync<ApiTokenMade>(Cancel))!;
        return (made.Token, made.Item);
    }

    private static async Task<IReadOnlyList<ApiTokenItem>> ListAsync(HttpClient admin) => (await admin.GetFromJsonAsync<ApiTokenList>(Route, Cancel))!.Items;
}
