using KubeLens.Store.Retention;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Export.Follow;

/// <summary>What <c>store export --follow</c> refuses, and says how to go on.</summary>
public sealed class FollowFaultTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--format har", "--format: har is one document with an end, and nothing can be added to it: use one of ndjson, csv, audit. Try: ndjson")]
    [InlineData("--format xml", "--format: \"xml\" is none of ndjson, csv, audit. Try: ndjson")]
    [InlineData("--q nonsense:1 --from soon", "--q: There is no field \"nonsense\"", "--from: ")]
    [InlineData("--to now", "--to has no sense with --follow, which has no end.")]
    [InlineData("--rotate 100", "--rotate: \"100\" is no size of at least 1KiB. Try: 100MB")]
    [InlineData("--rotate 1B", "--rotate: \"1B\" is no size of at least 1KiB. Try: 100MB")]
    [InlineData("--compress", "--compress is of what --rotate leaves behind. Try: --rotate 100MB --compress")]
    public async Task Options_ThatMakeNoSense_AreRefusedBeforeAnythingIsWritten(string options, params string[] errors)
    {
        using var folder = new TempFolder("follow");

        var (code, _, error) = await StoreProcess.RunAsync(await postgres.CreateDatabaseAsync(Cancel), Cancel, ["export", "--follow", "--output", folder["calls"], .. options.Split(' ')]);

        code.ShouldBe(1);
        errors.ShouldAllBe(text => error.Contains(text));
        Directory.GetFiles(Path.GetDirectoryName(folder["calls"])!).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--rotate 1MB --output x", "--rotate and --compress are for --follow")]
    [InlineData("--follow --rotate 1MB --output -", "--rotate needs a file (--output).")]
    public async Task Rotation_OfWhatCannotBeRotated_IsRefused(string options, string expected)
    {
        var (code, _, error) = await StoreProcess.RunAsync(await postgres.CreateDatabaseAsync(Cancel), Cancel, ["export", .. options.Split(' ')]);

        code.ShouldBe(1);
        error.ShouldContain(expected);
    }

    [Fact]
    public async Task File_ThatIsNotOfThisExport_IsLeftAsItIs()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var file = store.Folder["calls.ndjson"];
        await File.WriteAllTextAsync(file, "somebody's\n", Cancel);

        (await FailAsync(store, "--output", file)).ShouldContain("which says how far it is, is not: nothing was written");
        (await File.ReadAllTextAsync(file, Cancel)).ShouldBe("somebody's\n");

        File.Delete(file);
        await using (var follow = await store.StartAsync(Cancel, "--output", file, "--q", "verb:get"))
        {
            (await FailAsync(store, "--output", file, "--q", "verb:get")).ShouldContain("is being written by another program");
            await follow.StopAsync(Cancel);
        }

        (await FailAsync(store, "--output", file, "--q", "verb:list")).ShouldContain("is an export of --q 'verb:get' --format ndjson");
        var position = await File.ReadAllTextAsync(file + ".position", Cancel);
        var server = await store.ScalarAsync<string>("select system_identifier::text from pg_control_system()", Cancel);
        await File.WriteAllTextAsync(file + ".position", position.Replace(server, "1", StringComparison.Ordinal), Cancel);
        (await FailAsync(store, "--output", file, "--q", "verb:get")).ShouldContain("was followed on another database server");
        await File.WriteAllTextAsync(file + ".position", position[..20], Cancel);
        (await FailAsync(store, "--output", file, "--q", "verb:get")).ShouldContain("is no position of a followed export");
    }

    [Fact]
    public async Task Follow_OfWhatIsNotRememberedAnyMore_SaysWhatIsMissing()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var file = store.Folder["calls.ndjson"];
        await using (var follow = await store.StartAsync(Cancel, "--output", file))
        {
            await follow.StopAsync(Cancel);
        }

        await store.DeliverAsync([SampleCalls.One(name: "old")], Cancel);
        await store.ScalarAsync<string>("with aged as (update arrival set stored_at = stored_at - interval '8 days' returning 1) select count(*)::text from aged", Cancel);
        await store.Services.GetRequiredService<RetentionRun>().DropDueAsync(Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "new")], Cancel);

        var error = await FailAsync(store, "--output", file);
        error.ShouldContain("is not remembered any more (Retention:ArrivalDays): export it with `store export --to");
        (await FailAsync(store, "--output", store.Folder["other"], "--from", "now-30d")).ShouldContain("--from: when calls came is remembered since");
        await using var later = await store.StartAsync(Cancel, "--output", store.Folder["other"], "--from", "now-1d");
        await Eventually.Async(() => Followed.NamesOf(store.Folder["other"]).Count == 1, Cancel);
        await later.StopAsync(Cancel);
        Followed.NamesOf(store.Folder["other"]).ShouldBe(["new"]);
    }

    private static async Task<string> FailAsync(TestStore store, params string[] options)
    {
        var (code, output, error) = await StoreProcess.RunAsync(store.ConnectionString, Cancel, ["export", "--follow", .. options]);
        (code, output).ShouldBe((1, ""));
        return error;
    }
}
