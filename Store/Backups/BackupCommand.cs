using System.CommandLine;
using KubeLens.Store.Database;
using KubeLens.Store.Hosting;

namespace KubeLens.Store.Backups;

/// <summary><c>store backup DIR</c> and <c>store restore DIR</c>: all that is kept, as files.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> To = new("dir") { Description = "a folder that is empty or not there; it holds headers and bodies, and only its owner may read it" };
    private static readonly Argument<string> From = new("dir") { Description = "the folder of a backup" };

    public static Command CreateBackup()
    {
        var command = new Command("backup", "Writes every table into a file of its own, all of one moment, and a manifest with counts and checksums. A Store may run meanwhile; nothing is dropped until it is done.") { To };
        command.SetAction((arguments, cancellationToken) => RunAsync<BackupRun>(arguments, "backed up", (run, progress) => run.RunAsync(arguments.GetValue(To)!, progress, cancellationToken)));
        return command;
    }

    public static Command CreateRestore()
    {
        var command = new Command("restore", "Reads a backup into an empty database of the same migration, all or nothing, after every file has been checked. No Store may run on it.") { From };
        command.SetAction((arguments, cancellationToken) => RunAsync<RestoreRun>(arguments, "restored", (run, progress) => run.RunAsync(arguments.GetValue(From)!, progress, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync<T>(ParseResult arguments, string done, Func<T, Action<BackupTable>, Task<BackupManifest>> run)
    {
        await using var app = CommandServices.Build(builder => builder.AddDatabase());
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var manifest = await run(ActivatorUtilities.CreateInstance<T>(app.Services), table => error.WriteLine($"{table.Name}: {table.Rows} rows, {table.Bytes} bytes"));
        await output.WriteLineAsync(FormattableString.Invariant($"{done}: {manifest.Tables.Sum(table => table.Rows)} rows of {manifest.Tables.Count} tables, {manifest.Tables.Sum(table => table.Bytes)} bytes, calls from {manifest.From:yyyy-MM-ddTHH:mm:ssZ} to {manifest.To:yyyy-MM-ddTHH:mm:ssZ}"));
        return 0;
    }
}
