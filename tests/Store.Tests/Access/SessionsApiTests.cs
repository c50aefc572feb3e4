using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using KubeLens.Store.Access;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Access;

public sealed class SessionsApiTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Code_UsedByManyAtOnce_OpensOneSession()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var file = Offer(store, "one-time-code");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Nobody.PostAsJsonAsync("/api/v1/sessions", new { code = "one-time-code" }, Cancel)));

        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(7);
        var session = await answers.Single(a => a.IsSuccessStatusCode).Content.ReadFromJsonAsync<SessionStarted>(Cancel);
        (session!.Role, session.User).ShouldBe(("admin", "owner"));
        session.ExpiresAt.ShouldBeInRange(SampleCalls.Now.AddHours(11.9), SampleCalls.Now.AddHours(12.1));
        Directory.GetFiles(store.Folder["login"]).ShouldBeEmpty(file);
        using var client = store.Client(session.Token);
        (await client.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/v1/logs", Otlp.Content([]), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"Role":"Viewer","User":"alice"}""", "viewer", HttpStatusCode.Forbidden)]
    [InlineData("""{"Role":"Auditor","User":"alice"}""", "auditor", HttpStatusCode.NotFound)]
    [InlineData("""{"Role":"Admin","User":"alice"}""", "admin", HttpStatusCode.NotFound)]
    public async Task Code_WhoseFileNamesARole_GivesThatRole(string content, string role, HttpStatusCode recording)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await File.WriteAllTextAsync(Offer(store, "code"), content, Cancel);

        using var answer = await store.Nobody.PostAsJsonAsync("/api/v1/sessions", new { code = "code" }, Cancel);

        var session = await answer.Content.ReadFromJsonAsync<SessionStarted>(Cancel);
        session!.Role.ShouldBe(role);
        using var client = store.Client(session.Token);
        (await client.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api/v1/calls/x/recording", Cancel)).StatusCode.ShouldBe(recording);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("null")]
    [InlineData("""{"Role":"Service","User":"alice"}""")]
    [InlineData("""{"Role":"Owner","User":"alice"}""")]
    [InlineData("""{"Role":"Admin"}""")]
    public async Task Code_WhoseFileNamesNoRoleOfPeople_IsRefused(string content)
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);
        await File.WriteAllTextAsync(Offer(store, "code"), content, Cancel);

        (await store.Nobody.PostAsJsonAsync("/api/v1/sessions", new { code = "code" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"code":"unknown"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"code":"../api-token"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"code":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""not json""", HttpStatusCode.BadRequest)]
    public async Task Code_UnknownOrMissing_IsRefused(string body, HttpStatusCode expected)
    {
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await store.Nobody.PostAsync("/api/v1/sessions", content, Cancel);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Session_OutlivesARestart_AndEndsInTime()
    {
        var connectionString = await postgres.CreateDatabaseAsync(Cancel);
        using var folder = new TempFolder("store");
        var time = new ShiftedTime(TimeSpan.Zero);
        string token;
        await using (var first = await TestStore.StartAsync(connectionString, folder, Cancel, time))
        {
            Offer(first, "code");
            using var answer = await first.Nobody.PostAsJsonAsync("/api/v1/sessions", new { code = "code" }, Cancel);
            token = (await answer.Content.ReadFromJsonAsync<SessionStarted>(Cancel))!.Token;
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder["store-key"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await using var second = await TestStore.StartAsync(connectionString, folder, Cancel, time);
        await second.WaitUntilReadyAsync(Cancel);
        using var client = second.Client(token);
        (await client.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var forged = second.Client(token[..^1] + (token[^1] == 'A' ? 'E' : 'A'));
        (await forged.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        time.Advance(TimeSpan.FromHours(12));

        using var over = await client.GetAsync("/api/v1/calls", Cancel);
        over.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await over.Content.ReadAsStringAsync(Cancel)).ShouldContain("The session is over");
    }

    private static string Offer(TestStore store, string code)
    {
        var file = Path.Combine(store.Folder["login"], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))));
        File.WriteAllText(file, "");
        return file;
    }
}
