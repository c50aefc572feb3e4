using System.Text;
using System.Text.RegularExpressions;
using KubeLens.Store.Audit;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Audit;

/// <summary><c>store import-audit</c> and <c>store audit-token</c> as programs of their own.</summary>
public sealed partial class AuditCommandTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("audit.log")]
    [InlineData("audit.log.gz")]
    [InlineData("-")]
    public async Task Import_OfALog_JoinsItsCallsAndDoublesNothing(string name)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel, "--Audit:StartSeconds=3600");
        var call = AuditSample.Call() with { Time = SampleCalls.Now.AddMinutes(-5) };
        await store.DeliverAsync([call], Cancel);
        var direct = AuditSample.Call("direct") with { Time = SampleCalls.Now.AddMinutes(-5) };
        var log = Lines(AuditSample.Of(call, "RequestReceived"), AuditSample.Of(call), AuditSample.Of(direct), AuditSample.Of(AuditSample.Call("recent") with { Time = SampleCalls.Now }));
        var file = name == "-" ? "-" : store.Folder[name];
        if (name != "-")
        {
            await File.WriteAllBytesAsync(file, name.EndsWith(".gz", StringComparison.Ordinal) ? Otlp.Gzip(Encoding.UTF8.GetBytes(log)) : Encoding.UTF8.GetBytes(log), Cancel);
        }

        var first = await ImportAsync(store, log, file);
        var second = await ImportAsync(store, log, file);

        (first.ExitCode, first.Output.Trim()).ShouldBe((0, "4 events of prod: 3 new requests; 1 joined with their call, 1 bypass, 0 conflict, 1 waiting; 0 lines refused"), first.Error);
        (second.ExitCode, second.Output.Trim()).ShouldBe((0, "4 events of prod: 0 new requests; 0 joined with their call, 0 bypass, 0 conflict, 1 waiting; 0 lines refused"), second.Error);
        (await store.SearchAsync("has:audit -is:bypass", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("web-0");
        (await store.SearchAsync("is:bypass", Cancel)).ShouldHaveSingleItem().Name.ShouldBe("direct");
    }

    [Fact]
    public async Task Import_OfLinesThatAreNoEvents_NamesThemAndGoesOn()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var good = Lines(AuditSample.Of(AuditSample.Call()));
        var log = $"{good}not json\n\r\n{Lines(AuditSample.Of(AuditSample.Call("b")).With("stage", "Later"))}{Lines(AuditSample.Of(AuditSample.Call("c")))}{good[..40]}";

        var (code, output, error) = await ImportAsync(store, log, "-", "--cluster", "prod");

        code.ShouldBe(ImportAuditCommand.SomeLeft);
        output.ShouldContain("2 events of prod");
        output.ShouldContain("3 lines refused");
        error.ShouldContain("-:2: no whole JSON object");
        error.ShouldContain("-:4: stage: expected RequestReceived, ResponseStarted, ResponseComplete or Panic");
        error.ShouldContain("-:6: no whole JSON object");
        (await store.ScalarAsync<long>("select count(*) from audit_pending", Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Import_ThatCannotBeDone_SaysWhy()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);

        (await ImportAsync(store, "", "-")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("--cluster is missing: say whose log it is"));
        (await ImportAsync(store, "", store.Folder["missing.log"], "--cluster", "prod")).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("missing.log"));
        await store.DeliverAsync([SampleCalls.One() with { Cluster = "a" }, SampleCalls.One() with { Cluster = "b" }], Cancel);
        (await ImportAsync(store, "", "-")).Error.ShouldContain("there are a, b");
    }

    [Fact]
    public async Task Token_OpensTheWebhookOfItsCluster()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var environment = new Dictionary<string, string?> { ["Access__AuditTokenFolder"] = store.Folder["audit-tokens"] };

        var made = await StoreProcess.RunAsync(environment, "", Cancel, "audit-token", "--cluster", "prod", "--server", "https://127.0.0.1:6448/");

        made.ExitCode.ShouldBe(0, made.Error);
        made.Output.ShouldContain("server: https://127.0.0.1:6448/audit/webhook\n");
        using var client = store.Client(Token().Match(made.Output).Groups[1].Value);
        using var answer = await client.PostAsync("/audit/webhook", AuditSample.Json(AuditSample.List(AuditSample.Of(AuditSample.Call()))), Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await store.ScalarAsync<string>("select convert_from(record, 'UTF8') from audit_pending", Cancel)).ShouldContain("\"Cluster\":\"prod\"");
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(store.Folder["audit-tokens"]))
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }

        (await StoreProcess.RunAsync(environment, "", Cancel, "audit-token", "--cluster", " ")).Error.ShouldContain("--cluster is empty");
        (await StoreProcess.RunAsync(environment, "", Cancel, "audit-token", "--cluster", "prod", "--server", "store:6445")).Error.ShouldContain("--server is \"store:6445\": give an https address, as https://127.0.0.1:6448");
    }

    private static string Lines(params System.Text.Json.Nodes.JsonObject[] events) => string.Concat(events.Select(told => told.With("kind", "Event").With("apiVersion", AuditEventReader.ApiVersion).ToJsonString() + "\n"));

    private static Task<ProcessResult> ImportAsync(TestStore store, string input, params string[] arguments) =>
        StoreProcess.RunAsync(StoreProcess.EnvironmentOf(store.ConnectionString), input, Cancel, ["import-audit", .. arguments]);

    [GeneratedRegex("token: (\\S+)")]
    private static partial Regex Token();
}
