using System.Diagnostics;
using System.Text.RegularExpressions;

namespace KubeLens.Testing;

/// <summary>Where the PostgreSQL of this machine is: <c>KUBELENS_PG_BIN</c>, then PATH, then Debian's folders.</summary>
internal static partial class PostgresBinaries
{
    public const string Missing = "PostgreSQL 15-18 not found: apt-get install postgresql";

    private const string DebianFolder = "/usr/lib/postgresql";

    public static string? Find() => Candidates().FirstOrDefault(IsUsable);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("KUBELENS_PG_BIN") is { Length: > 0 } named)
        {
            yield return named;
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            // A link on the PATH leads to the folder where initdb and the libraries are.
            var postgres = new FileInfo(Path.Combine(folder, "postgres"));
            if (postgres.Exists)
            {
                yield return Path.GetDirectoryName(postgres.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? postgres.FullName)!;
            }
        }

        if (Directory.Exists(DebianFolder))
        {
            foreach (var version in Directory.GetDirectories(DebianFolder).OrderByDescending(Path.GetFileName, StringComparer.Ordinal))
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }

    private static bool IsUsable(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "postgres")) || !File.Exists(Path.Combine(folder, "initdb")))
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "postgres"), ["--version"]) { RedirectStandardOutput = true })!;
        var match = VersionPattern().Match(process.StandardOutput.ReadToEnd());
        return match.Success && int.Parse(match.Groups[1].Value, null) is >= 15 and <= 18;
    }

    // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();
}
