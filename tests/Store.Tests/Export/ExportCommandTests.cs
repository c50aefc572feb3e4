using KubeLens.ServiceDefaults;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export;

/// <summary><c>store export</c> as a program of its own.</summary>
public sealed class ExportCommandTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_ToAFile_WritesWhatTheStoreAnswers()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(20), Cancel);
        var file = store.Folder["calls.csv"];

        var (code, output, error) = await RunAsync(store.ConnectionString, "--q", "name:web-1*", "--format", "csv", "--output", file);

        (code, output, error.Trim()).ShouldBe((0, "", "exported 11 calls"));
        (await File.ReadAllTextAsync(file, Cancel)).ShouldBe(await store.ExportAsync("csv", Cancel, "name:web-1*"));
        File.Exists(file + ".part").ShouldBeFalse();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Command_ToStandardOutput_WritesNothingElseThere()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(3), Cancel);

        var (code, output, _) = await RunAsync(store.ConnectionString, "--output", "-");

        code.ShouldBe(0);
        output.ShouldBe(await store.ExportAsync("ndjson", Cancel));
    }

    [Fact]
    public async Task Command_ThatCannotBeDone_SaysWhyAndMakesNoFile()
    {
        using var folder = new TempFolder("export");
        var empty = await postgres.CreateDatabaseAsync(Cancel);

        var (code, _, error) = await RunAsync(empty, "--q", "nonsense:1", "--format", "xml", "--output", folder["x"]);
        code.ShouldBe(1);
        error.ShouldContain("--q: There is no field");
        error.ShouldContain("--format: format: \"xml\" is none of ndjson, csv, har, audit. Try: ndjson");

        (code, _, error) = await RunAsync(empty, "--output", folder["x"]);
        (code, error).ShouldSatisfyAllConditions(e => e.code.ShouldBe(1), e => e.error.ShouldContain("relation \"segment\" does not exist"));

        (code, _, error) = await RunAsync("", "--output", folder["x"]);
        (code, error).ShouldSatisfyAllConditions(e => e.code.ShouldBe(ConfigurationExit.Code), e => e.error.ShouldContain("configuration: ConnectionStrings:Store is missing"));

        Directory.GetFiles(Path.GetDirectoryName(folder["x"])!).ShouldBeEmpty();
    }

    private static Task<ProcessResult> RunAsync(string connectionString, params string[] arguments) => StoreProcess.RunAsync(connectionString, Cancel, ["export", .. arguments]);
}
