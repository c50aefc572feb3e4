using KubeLens.Contracts.Query;
using KubeLens.Store.Backups;
using KubeLens.Store.Holds;
using KubeLens.Store.Tests.Notes;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Verifying;
using KubeLens.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KubeLens.Store.Tests.Backups;

/// <summary><c>store backup</c> and <c>store restore</c> as programs of their own.</summary>
public sealed class BackupTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_OfABackup_HasTheSameCalls()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        await store.Services.GetRequiredService<HoldTable>().AddAsync("case-1", "name:hot-3", new TimeRange(VerifiedStore.HotAt, VerifiedStore.HotAt.AddHours(1)), "why", "alice", Cancel);
        var before = await store.DescribeAsync("", Cancel);
        before.Count.ShouldBe(VerifiedStore.Sealed + VerifiedStore.Late + VerifiedStore.Hot);
        var noted = (await store.SearchAsync("name:sealed-7", Cancel)).ShouldHaveSingleItem().Id;
        using (var alice = NotesClient.Of(store))
        {
            await alice.WriteAsync(noted, "incident 1234", Cancel);
        }

        var folder = store.Folder["backup"];

        var backup = await StoreProcess.RunAsync(store.ConnectionString, Cancel, "backup", folder);
        backup.ExitCode.ShouldBe(0, backup.Error);
        var database = await postgres.CreateDatabaseAsync(Cancel);
        var restore = await StoreProcess.RunAsync(database, Cancel, "restore", folder);

        restore.ExitCode.ShouldBe(0, restore.Error);
        backup.Output.ShouldMatch(@"^backed up: \d+ rows of \d+ tables, \d+ bytes, calls from \S+Z to \S+Z\n$");
        restore.Output.ShouldBe(backup.Output.Replace("backed up", "restored", StringComparison.Ordinal));
        await using var restored = await TestStore.StartAsync(database, null, Cancel, settings: SealedStore.Settings);
        await restored.WaitUntilReadyAsync(Cancel);
        (await restored.DescribeAsync("", Cancel)).ShouldBe(before);
        (await restored.VerifyAsync(Cancel)).ShouldBeEmpty();
        (await restored.PlacesAsync(Cancel)).ShouldBe(await store.PlacesAsync(Cancel));
        (await restored.Services.GetRequiredService<HoldTable>().ActiveAsync(Cancel)).ShouldHaveSingleItem().Name.ShouldBe("case-1");
        using var reader = NotesClient.Of(restored, "bob");
        (await reader.ListAsync(noted, Cancel)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(note => note.Text.ShouldBe("incident 1234"), note => note.Author.ShouldBe("alice"));
        (await restored.SearchAsync("has:note", Cancel)).ShouldHaveSingleItem().Id.ShouldBe(noted);
        (await reader.WriteAsync(noted, "after the restore", Cancel)).Id.ShouldBeGreaterThan(1);

        // And it goes on: new dictionary entries, new segments, and no call twice.
        await restored.DeliverAsync(VerifiedStore.Batch("new", 5, VerifiedStore.HotAt).Select(call => call with { User = "mallory" }), Cancel);
        await restored.SealAsync(Cancel);
        (await restored.SearchAsync("user:mallory", Cancel)).Count.ShouldBe(5);
        (await restored.VerifyAsync(Cancel)).ShouldBeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(folder))
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }
    }

    [Fact]
    public async Task Restore_OfWhatIsNotThatBackup_IsRefusedBeforeAnythingIsWritten()
    {
        await using var store = await VerifiedStore.StartAsync(postgres, Cancel);
        var folder = store.Folder["backup"];
        (await StoreProcess.RunAsync(store.ConnectionString, Cancel, "backup", folder)).ExitCode.ShouldBe(0);
        (await StoreProcess.RunAsync(store.ConnectionString, Cancel, "backup", folder)).Error.ShouldContain("is not empty: a backup needs a folder of its own");
        (await StoreProcess.RunAsync(store.ConnectionString, Cancel, "restore", folder)).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain("has rows: restore into an empty one. Nothing was restored."));
        var empty = await postgres.CreateDatabaseAsync(Cancel);

        await RefuseAsync("pack.copy", bytes => bytes[bytes.Length / 2] ^= 1, "pack.copy has the SHA-256 ");
        await RefuseAsync("call.copy", bytes => bytes[^1] ^= 1, "call.copy has the SHA-256 ");
        await RefuseAsync("dim.copy", null, "dim.copy has ");
        await RefuseAsync(BackupManifest.FileName, bytes => "20261128130000_Holds"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("20261128120000_Audit"u8))), "The backup is of the migrations ");
        await RefuseAsync(BackupManifest.FileName, bytes => bytes[0] = (byte)'?', "manifest.json: ");
        (await StoreProcess.RunAsync(empty, Cancel, "restore", folder)).ExitCode.ShouldBe(0);

        async Task RefuseAsync(string name, Action<byte[]>? damage, string why)
        {
            var file = Path.Combine(folder, name);
            var whole = await File.ReadAllBytesAsync(file, Cancel);
            var damaged = damage is null ? whole[..^1] : [.. whole];
            damage?.Invoke(damaged);
            await File.WriteAllBytesAsync(file, damaged, Cancel);
            (await StoreProcess.RunAsync(empty, Cancel, "restore", folder)).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Error.ShouldContain(why));
            await File.WriteAllBytesAsync(file, whole, Cancel);
        }
    }
}
