using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLens.Testing;

/// <summary>
/// The kubectl programs of this machine by version: those that <c>KUBELENS_TEST_KUBECTLS</c> names (full paths, colons between),
/// the one in <c>KUBEBUILDER_ASSETS</c>, those on the PATH, and Debian's.
/// </summary>
public static class KubectlPrograms
{
    public const string Variable = "KUBELENS_TEST_KUBECTLS";

    private const string Debians = "/usr/bin/kubectl";

    private static readonly Lazy<IReadOnlyList<KubectlProgram>> Found = new(Search);

    /// <summary>In the order in which they are found, one of each version.</summary>
    public static IReadOnlyList<KubectlProgram> All => Found.Value;

    /// <summary>One whose minor version is in the range, or the test is skipped.</summary>
    public static KubectlProgram Require(int oldest, int newest)
    {
        var found = All.FirstOrDefault(program => program.Minor >= oldest && program.Minor <= newest);
        Assert.SkipWhen(found is null, $"No kubectl 1.{oldest} to 1.{newest}: not named by {Variable}, not in {TestCluster.AssetsVariable}, not on the PATH.");
        return found!;
    }

    private static IReadOnlyList<KubectlProgram> Search() =>
        [.. Candidates().Where(File.Exists).Distinct().Select(path => new KubectlProgram(path, Minor(path))).Where(program => program.Minor > 0).DistinctBy(program => program.Minor)];

    private static IEnumerable<string> Candidates() =>
        [.. Split(Variable), .. Split(TestCluster.AssetsVariable).Concat(Split("PATH")).Select(folder => Path.Combine(folder, "kubectl")), Debians];

    private static string[] Split(string variable) => (Environment.GetEnvironmentVariable(variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <returns>0 for what is no kubectl.</returns>
    private static int Minor(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path, ["version", "--client", "--output", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        try
        {
            // "32+" of some builds
            var minor = ((string?)JsonNode.Parse(output)?["clientVersion"]?["minor"])?.TrimEnd('+');
            return int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
