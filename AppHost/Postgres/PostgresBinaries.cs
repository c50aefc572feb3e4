using System.Globalization;
using System.Text.RegularExpressions;
using KubeLens.AppHost.Linux;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>A folder with PostgreSQL's programs.</summary>
/// <param name="Folder">Holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Major">15 to 18 are supported.</param>
/// <param name="Version">For people, for example <c>15.18</c>.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major, string Version)
{
    public const int OldestMajor = 15;
    public const int NewestMajor = 18;

    public string Server => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    public bool IsSupported => Major is >= OldestMajor and <= NewestMajor;

    /// <summary>Null when the folder does not hold both programs, or they do not run.</summary>
    public static async Task<PostgresBinaries?> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var found = new PostgresBinaries(folder, 0, "");
        if (!SearchPath.IsExecutable(found.Server) || !SearchPath.IsExecutable(found.InitDb))
        {
            return null;
        }

        // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
        var answer = await Tool.RunAsync([found.Server, "--version"], cancellationToken);
        var version = VersionText().Match(answer.Output);
        return answer.Succeeded && version.Success
            ? found with { Major = int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture), Version = version.Value }
            : null;
    }

    [GeneratedRegex(@"(?<major>\d+)(\.\d+|beta\d+|rc\d+|devel)")]
    private static partial Regex VersionText();
}
