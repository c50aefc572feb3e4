using System.Net;
using System.Net.Http.Json;
using KubeLens.Contracts.Access;
using KubeLens.Store.Access;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Access;

/// <summary><c>store login-link</c> as a program of its own, beside a running Store.</summary>
public sealed class LoginLinkCommandTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_SignsInOnce_AsWhomItWasMadeFor()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var store = await TestStore.StartAsync(await postgres.CreateDatabaseAsync(Cancel), null, Cancel, time);
        await store.WaitUntilReadyAsync(Cancel);
        await store.DeliverAsync([SampleCalls.One()], Cancel);

        var made = await RunAsync(store, "--user", "alice", "--role", "auditor");
        made.ExitCode.ShouldBe(0, made.Error);
        made.Output.ShouldStartWith("http://127.0.0.1:6446/login?code=");
        made.Error.ShouldStartWith("It signs alice in as auditor, once, until ");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Directory.GetFiles(store.Folder["login"]).Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var answer = await RedeemAsync(store, made.Output);
        var session = (await answer.Content.ReadFromJsonAsync<SessionStarted>(Cancel))!;
        (session.Role, session.User).ShouldBe(("auditor", "alice"));
        using var alice = store.Client(session.Token);
        await alice.GetAsync($"/api/v1/calls/{(await store.SearchAsync("", Cancel)).Single().Id}", Cancel);
        using var admin = store.As(StoreRole.Admin);
        (await admin.GetFromJsonAsync<AccessRecordPage>("/api/v1/access-records", Cancel))!.Items.ShouldHaveSingleItem().Who.ShouldStartWith("alice (session ");
        using var again = await RedeemAsync(store, made.Output);
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var late = await RunAsync(store, "--user", "bob", "--role", "viewer", "--expires", "now+2h");
        time.Advance(TimeSpan.FromHours(3));
        using var over = await RedeemAsync(store, late.Output);
        over.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("--user", "alice", "--role", "service")]
    [InlineData("--user", "", "--role", "viewer")]
    [InlineData("--expires", "now+8d", "--user", "alice", "--role", "viewer")]
    [InlineData("--portal", "portal", "--user", "alice", "--role", "viewer")]
    public async Task Command_WithABadOption_NamesIt(params string[] arguments)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var bad = await RunAsync(store, arguments);

        bad.ExitCode.ShouldBe(1);
        bad.Error.ShouldStartWith(arguments[1] == "alice" ? "--role:" : $"{arguments[0]}:");
        Directory.GetFiles(store.Folder["login"]).ShouldBeEmpty();
    }

    private static Task<HttpResponseMessage> RedeemAsync(TestStore store, string link) => store.Nobody.PostAsJsonAsync("/api/v1/sessions", new { code = link.Trim().Split("code=")[1] }, Cancel);

    private static Task<ProcessResult> RunAsync(TestStore store, params string[] arguments) =>
        StoreProcess.RunAsync(new Dictionary<string, string?> { ["Access__LoginFolder"] = store.Folder["login"] }, "", Cancel, ["login-link", .. arguments]);
}
