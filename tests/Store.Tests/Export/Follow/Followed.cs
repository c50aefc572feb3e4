using System.IO.Compression;
using System.Text;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Export.Follow;

/// <summary><c>store export --follow</c> as a program of its own, and what it has written.</summary>
internal static class Followed
{
    public static Task<TestProcess> StartAsync(this TestStore store, CancellationToken cancellationToken, params string[] options) => store.StartAsync([], cancellationToken, options);

    /// <param name="store">Whose database is read.</param>
    /// <param name="settings">More of the program's environment.</param>
    /// <param name="cancellationToken">Ends the wait until it follows.</param>
    /// <param name="options">After <c>--follow</c>.</param>
    public static async Task<TestProcess> StartAsync(this TestStore store, Dictionary<string, string?> settings, CancellationToken cancellationToken, params string[] options)
    {
        var process = Start(store, settings, options);
        await process.WaitForLineAsync(line => line.StartsWith("following", StringComparison.Ordinal), cancellationToken, TimeSpan.FromMinutes(1));
        return process;
    }

    public static TestProcess Start(this TestStore store, params string[] options) => store.Start([], options);

    private static TestProcess Start(this TestStore store, Dictionary<string, string?> settings, params string[] options) =>
        TestProcess.Start(new TestCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "KubeLens.Store.dll"), "export", "--follow", .. options]) { Environment = new Dictionary<string, string?>(StoreProcess.EnvironmentOf(store.ConnectionString).Concat(settings)) });

    /// <summary>As a service manager does, and not as Ctrl+C: whoever runs in the background of a shell may have to ignore that.</summary>
    public static async Task<int> StopAsync(this TestProcess process, CancellationToken cancellationToken)
    {
        process.Signal(Signals.Terminate);
        return await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Every file of a name, those that were left behind first, as text.</summary>
    public static List<string> FilesOf(string path)
    {
        var (folder, stem, end) = (Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        return [.. Directory.GetFiles(folder, $"{stem}-*{end}").Concat(Directory.GetFiles(folder, $"{stem}-*{end}.gz")).Order(StringComparer.Ordinal).Append(path).Where(File.Exists).Select(Read)];
    }

    /// <summary>Of the calls whose lines are whole.</summary>
    public static List<string> NamesOf(string path)
    {
        var text = string.Concat(FilesOf(path));
        return [.. Exports.Lines(text[..(text.LastIndexOf('\n') + 1)]).Select(line => line.GetProperty("name").GetString()!)];
    }

    /// <summary>How many there are by now; -1 where that cannot be said, since a file was compressed meanwhile.</summary>
    public static int CountOf(string path)
    {
        try
        {
            return NamesOf(path).Count;
        }
        catch (FileNotFoundException)
        {
            return -1;
        }
    }

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
