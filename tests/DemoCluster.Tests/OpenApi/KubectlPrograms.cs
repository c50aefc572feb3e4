using System.Collections.Concurrent;
using System.Diagnostics;

namespace KubeLens.DemoCluster.Tests.OpenApi;

/// <summary>
/// kubectl programs by version: those on the PATH, in <c>KUBEBUILDER_ASSETS</c>, and the ones that
/// <c>KUBELENS_TEST_KUBECTLS</c> names (full paths, colons between).
/// </summary>
internal static class KubectlPrograms
{
    private const string Variable = "KUBELENS_TEST_KUBECTLS";

    private static readonly ConcurrentDictionary<string, string> Versions = new();

    /// <summary>One whose minor version is in the range, or the test is skipped.</summary>
    public static string Require(int oldest, int newest)
    {
        var found = Candidates().FirstOrDefault(program => Minor(program) is { } minor && minor >= oldest && minor <= newest);
        Assert.SkipWhen(found is null, $"No kubectl 1.{oldest} to 1.{newest}: neither on the PATH, nor in KUBEBUILDER_ASSETS, nor named by {Variable}.");
        return found!;
    }

    private static IEnumerable<string> Candidates()
    {
        var named = Split(Variable);
        var folders = Split("KUBEBUILDER_ASSETS").Concat(Split("PATH"));
        return named.Concat(folders.Select(folder => Path.Combine(folder, "kubectl"))).Where(File.Exists);
    }

    private static string[] Split(string variable) => (Environment.GetEnvironmentVariable(variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>From <c>Client Version: v1.32.0</c>, or from the older <c>version.Info{Major:"1", Minor:"20", GitVersion:"v1.20.2"…</c>.</summary>
    private static int? Minor(string program)
    {
        var version = Versions.GetOrAdd(program, Ask);
        var start = version.IndexOf("v1.", StringComparison.Ordinal);
        return start >= 0 && int.TryParse(version[(start + 3)..].TakeWhile(char.IsAsciiDigit).ToArray(), out var minor) ? minor : null;
    }

    private static string Ask(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["version", "--client"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
