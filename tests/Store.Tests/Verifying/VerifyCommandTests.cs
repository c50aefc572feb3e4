using KubeLens.ServiceDefaults;
using KubeLens.Store.Verifying;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Verifying;

/// <summary><c>store verify</c> as a program of its own.</summary>
public sealed class VerifyCommandTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_TellsByItsCodeWhatItFound()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);

        var (code, output, error) = await StoreProcess.RunAsync(store.ConnectionString, Cancel, "verify");
        code.ShouldBe(0, error);
        output.ShouldStartWith("0 problems in ");
        output.TrimEnd().ShouldEndWith(" hours: 23 calls in rows, 200 sealed, 3 packs, 3 batches");

        await store.DoAsync("update segment set calls = 7", Cancel);
        (code, output, error) = await StoreProcess.RunAsync(store.ConnectionString, Cancel, "verify", "--from", "now-1d");
        code.ShouldBe(VerifyCommand.Wrong, error);
        output.ShouldContain("it was sealed with 7 calls, and its chunks have 200. Next: ");
        output.ShouldContain("1 problems in");

        (code, _, error) = await StoreProcess.RunAsync(store.ConnectionString, Cancel, "verify", "--from", "yesterday-ish");
        (code, error).ShouldSatisfyAllConditions(e => e.code.ShouldBe(1), e => e.error.ShouldContain("--from: "));
        (code, _, error) = await StoreProcess.RunAsync(await postgres.CreateDatabaseAsync(Cancel), Cancel, "verify");
        (code, error).ShouldSatisfyAllConditions(e => e.code.ShouldBe(1), e => e.error.ShouldContain("does not exist"));
        (await StoreProcess.RunAsync("", Cancel, "verify")).ExitCode.ShouldBe(ConfigurationExit.Code);
    }
}
