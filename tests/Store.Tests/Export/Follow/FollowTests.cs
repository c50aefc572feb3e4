using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Access;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export.Follow;

/// <summary>A program that follows what is stored, is stopped, killed, and started again.</summary>
public sealed class FollowTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_WhileCallsAreStored_WritesEachOnceAndGoesOnWhereItStopped()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "before")], Cancel);
        var (file, batch) = (store.Folder["calls.ndjson"], SampleCalls.Batch(10, SampleCalls.NextBatchId()));

        await using (var follow = await store.StartAsync(Cancel, "--output", file))
        {
            await store.DeliverAsync(batch[..5], Cancel);
            await Eventually.Async(() => Followed.NamesOf(file).Count == 5, Cancel);
            await store.DeliverAsync(batch[3..8], Cancel); // three are new
            await Eventually.Async(() => Followed.NamesOf(file).Count == 8, Cancel);
            (await follow.StopAsync(Cancel)).ShouldBe(0);
            follow.StandardError.ShouldEndWith("exported 8 calls\n");
        }

        await store.DeliverAsync(batch, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "meanwhile") with { Time = SampleCalls.Now.AddDays(-3) }], Cancel);
        await using (var follow = await store.StartAsync(Cancel, "--output", file))
        {
            await store.DeliverAsync([SampleCalls.One(name: "after")], Cancel);
            await Eventually.Async(() => Followed.NamesOf(file).Count == 12, Cancel);
            (await follow.StopAsync(Cancel)).ShouldBe(0);
        }

        Followed.NamesOf(file).ShouldBe([.. batch.Select(call => call.Name), "meanwhile", "after"], ignoreOrder: true);
        Followed.FilesOf(file).Single().ShouldEndWith("\n");
        Followed.FilesOf(file).Single().Split('\n')[..^1].ShouldBe((await store.ExportAsync("ndjson", Cancel, "-name:before")).Split('\n')[..^1], ignoreOrder: true);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Follow_KilledAtAnyMoment_HasEachCallOnceInItsFiles()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var file = store.Folder["calls.ndjson"];
        var random = new Random(20261129);
        var options = new[] { "--output", file, "--rotate", "16KiB", "--compress" };
        await using (var first = await store.StartAsync(Cancel, options))
        {
            await first.StopAsync(Cancel);
        }

        var sent = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            var position = await File.ReadAllTextAsync(file + ".position", Cancel);
            await using var follow = await store.StartAsync(Cancel, options);
            for (var part = 0; part < 5; part++)
            {
                var calls = Enumerable.Range(0, 40).Select(i => SampleCalls.One(name: $"{round}-{part}-{i}")).ToList();
                await store.DeliverAsync(calls, Cancel);
                sent.AddRange(calls.Select(call => call.Name));
                if (part == 0)
                {
                    await Eventually.Async(async () => await File.ReadAllTextAsync(file + ".position", Cancel) != position, Cancel);
                }

                await Task.Delay(random.Next(60), Cancel);
            }

            follow.Signal(Signals.Kill);
            await follow.WaitForExitAsync(Cancel);
        }

        await using (var last = await store.StartAsync(Cancel, options))
        {
            await Eventually.Async(() => Followed.CountOf(file) >= sent.Count, Cancel);
            (await last.StopAsync(Cancel)).ShouldBe(0);
        }

        Followed.NamesOf(file).Order(StringComparer.Ordinal).ShouldBe(sent.Order(StringComparer.Ordinal));
        var left = Directory.GetFiles(Path.GetDirectoryName(file)!, "calls-*").Select(Path.GetFileName).ToList();
        left.Count.ShouldBeGreaterThan(2, "it was left behind more than once");
        left.ShouldAllBe(name => name!.EndsWith(".ndjson.gz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Follow_OfCallsThatWereSealedMeanwhile_WritesThem()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var file = store.Folder["calls.ndjson"];
        await using (var first = await store.StartAsync(Cancel, "--output", file, "--q", "name:sealed-*"))
        {
            await first.StopAsync(Cancel);
        }

        await store.FillAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(VerifiedStore.Sealed);
        await store.ScalarAsync<string>("with gone as (delete from call_overflow returning 1) select count(*)::text from gone", Cancel);

        await using var follow = await store.StartAsync(Cancel, "--output", file, "--q", "name:sealed-*");
        await Eventually.Async(() => Followed.NamesOf(file).Count >= VerifiedStore.Sealed, Cancel);
        (await follow.StopAsync(Cancel)).ShouldBe(0);
        Followed.NamesOf(file).ShouldBe(Enumerable.Range(0, VerifiedStore.Sealed).Select(i => $"sealed-{i}"), "oldest first");
    }

    [Fact]
    public async Task Follow_FromATime_BeginsWithWhatIsThere()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "old") with { Time = SampleCalls.Now.AddHours(-5) }, SampleCalls.One(name: "young"), SampleCalls.One(name: "of bob", user: "bob")], Cancel);
        var file = store.Folder["calls.csv"];

        await using (var follow = await store.StartAsync(Cancel, "--output", file, "--q", "user:alice", "--from", "now-1h", "--format", "csv"))
        {
            await Eventually.Async(() => Followed.FilesOf(file)[0].Contains("young", StringComparison.Ordinal), Cancel);
            await follow.StopAsync(Cancel);
        }

        await store.DeliverAsync([SampleCalls.One(name: "late and old") with { Time = SampleCalls.Now.AddHours(-5) }, SampleCalls.One(name: "new")], Cancel);
        await using (var follow = await store.StartAsync(Cancel, "--output", file, "--q", "user:alice", "--format", "csv"))
        {
            await Eventually.Async(() => Followed.FilesOf(file)[0].Contains("new", StringComparison.Ordinal), Cancel);
            await follow.StopAsync(Cancel);
        }

        var lines = CsvReader.Read(Followed.FilesOf(file)[0]);
        lines[0].ShouldContain("audit", "one header");
        lines.Skip(1).Select(line => line[lines[0].ToList().IndexOf("name")]).ShouldBe(["young", "new"]);
    }

    [Fact]
    public async Task Follow_ToStandardOutput_WritesNothingElseThere()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await using var follow = await store.StartAsync(Cancel, "--output", "-", "--format", "audit");

        await store.DeliverAsync([SampleCalls.One()], Cancel);
        await follow.WaitForTextAsync("\n", Cancel);
        await follow.StopAsync(Cancel);

        follow.StandardOutput.ShouldBe(await store.ExportAsync("audit", Cancel));
    }

    [Fact]
    public async Task Follow_WhileTheDatabaseIsAway_GoesOnAfterwards()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var (file, name) = (store.Folder["calls.ndjson"], await store.ScalarAsync<string>("select current_database()::text", Cancel));
        var elsewhere = await postgres.CreateDatabaseAsync(Cancel);
        await using var admin = Npgsql.NpgsqlDataSource.Create(elsewhere);
        async Task DoAsync(string sql)
        {
            await using var command = admin.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await using var follow = await store.StartAsync(Cancel, "--output", file);
        await DoAsync($"alter database \"{name}\" allow_connections false");
        await DoAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await follow.WaitForLineAsync(line => line.Contains("waiting for it", StringComparison.Ordinal), Cancel);
        await DoAsync($"alter database \"{name}\" allow_connections true");
        await Eventually.Async(async () => (await store.Auditor.GetAsync("/api/v1/calls", Cancel)).IsSuccessStatusCode, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(3), Cancel);

        await Eventually.Async(() => Followed.NamesOf(file).Count == 3, Cancel);
        (await follow.StopAsync(Cancel)).ShouldBe(0);
        follow.Lines.Count(line => line.Contains("waiting for it", StringComparison.Ordinal)).ShouldBe(1, "it is said once");
    }

    /// <summary>What arrived at one time has more bodies than one answer looks into.</summary>
    [Fact]
    public async Task Follow_OfBodies_LooksIntoAllOfThem()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        for (var i = 0; i < 24; i++)
        {
            await store.DeliverAsync([SampleCalls.One(name: $"big-{i}") with { ResponseBody = Large(i, i % 8 == 0 ? "Needle" : "") }], Cancel);
        }

        var file = store.Folder["calls.ndjson"];
        await using var follow = await store.StartAsync(new Dictionary<string, string?> { ["Search__BodyMegabytes"] = "1" }, Cancel, "--output", file, "--from", "now-1h", "--q", "body:needle");
        await Eventually.Async(() => Followed.NamesOf(file).Count == 3, Cancel);
        await store.DeliverAsync([SampleCalls.One(name: "later") with { ResponseBody = Large(24, "needle") }, SampleCalls.One(name: "without")], Cancel);

        await Eventually.Async(() => Followed.NamesOf(file).Count == 4, Cancel);
        (await follow.StopAsync(Cancel)).ShouldBe(0, follow.StandardError);
        Followed.NamesOf(file).ShouldBe(["big-0", "big-8", "big-16", "later"], ignoreOrder: true);
    }

    // 100 KB.
    private static CallBody Large(int seed, string end) =>
        new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(n => (n * (seed + 7)).ToString("x5", CultureInfo.InvariantCulture))) + end), CallBodyNote.Whole, 0);

    [Fact]
    public async Task Export_FollowedOrNot_IsRecorded()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        await store.DeliverAsync(SampleCalls.Batch(3), Cancel);
        await using (var follow = await store.StartAsync(Cancel, "--output", store.Folder["followed"], "--q", "verb:get", "--from", "now-1h"))
        {
            await Eventually.Async(() => Followed.NamesOf(store.Folder["followed"]).Count == 3, Cancel);
            await follow.StopAsync(Cancel);
        }

        (await StoreProcess.RunAsync(store.ConnectionString, Cancel, "export", "--q", "name:web-1", "--output", store.Folder["exported"])).ExitCode.ShouldBe(0);

        using var admin = store.As(KubeLens.Store.Access.StoreRole.Admin);
        var records = JsonSerializer.Deserialize<AccessRecordPage>(await admin.GetStringAsync("/api/v1/access-records", Cancel), JsonSerializerOptions.Web)!.Items;
        records.Select(record => (record.Action, record.Subject, record.Format, record.Calls, record.Outcome)).ShouldBe([(AccessActions.Export, "name:web-1", "ndjson", 1L, "whole"), (AccessActions.Export, "verb:get", "ndjson", 3L, "whole")]);
        records.ShouldAllBe(record => record.Who == $"{Environment.UserName}@{Environment.MachineName}");
    }
}
