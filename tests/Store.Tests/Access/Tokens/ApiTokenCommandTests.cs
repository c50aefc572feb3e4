using System.Net;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Access.Tokens;

/// <summary><c>store api-token</c> as a program of its own, beside a running Store.</summary>
public sealed class ApiTokenCommandTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_Created_IsListedAndOpensTheStore_UntilItIsRevoked()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var made = await RunAsync(store, "create", "--name", "nightly", "--role", "auditor", "--expires", "now+30d", "--by", "alice");
        made.ExitCode.ShouldBe(0, made.Error);
        made.Error.ShouldContain("API token 1 (nightly) is auditor until ");
        var limited = await RunAsync(store, "create", "--name", "one", "--role", "viewer", "--expires", "now+30d", "--cluster", "prod");
        limited.Error.ShouldContain("API token 2 (one) is viewer of the cluster prod until ");
        using var client = store.Client(made.Output.Trim());
        (await client.GetAsync("/api/v1/calls/x/recording", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var list = await RunAsync(store, "list");
        list.Output.ShouldStartWith("2 one: valid; viewer of the cluster prod until ");
        list.Output.ShouldContain("1 nightly: valid; auditor until ");
        list.Output.ShouldContain("by alice; last used about ");
        list.Output.ShouldNotContain(made.Output.Trim());

        (await RunAsync(store, "revoke", "--id", "1", "--by", "bob")).Output.Trim().ShouldBe("API token 1 (nightly) is revoked");
        (await client.GetAsync("/api/v1/calls", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await RunAsync(store, "list")).Output.ShouldContain("by bob; auditor until ");
    }

    [Fact]
    public async Task Command_ThatCannotBeDone_SaysWhichOptionIsWrong()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        var bad = await RunAsync(store, "create", "--name", "nightly", "--role", "owner", "--expires", "now+2y");
        bad.ExitCode.ShouldBe(1);
        bad.Error.ShouldContain("--role: \"owner\" is none of viewer, auditor, admin");
        bad.Error.ShouldMatch("--expires: [0-9TZ:-]+ is not within the next 366 days; try now\\+90d");
        var none = await RunAsync(store, "revoke", "--id", "7");
        (none.ExitCode, none.Error.Trim()).ShouldBe((1, "--id: there is no token 7; \"store api-token list\" has all of them."));
    }

    private static Task<ProcessResult> RunAsync(TestStore store, params string[] arguments) => StoreProcess.RunAsync(store.ConnectionString, Cancel, ["api-token", .. arguments]);
}
