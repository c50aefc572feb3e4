using System.Diagnostics;
using System.Text.Json.Nodes;

namespace KubeLens.DemoCluster.Tests.Access.Support;

internal static class KubectlProgram
{
    private const int OldestMinor = 31;

    private static readonly Lazy<string?> Found = new(() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Prepend(Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") ?? "")
        .Where(folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, "kubectl"))
        .FirstOrDefault(path => File.Exists(path) && Minor(path) >= OldestMinor));

    /// <summary>A real one that uses WebSockets; without it the test is skipped.</summary>
    public static string Find()
    {
        Assert.SkipWhen(Found.Value is null, $"No kubectl 1.{OldestMinor} or later in KUBEBUILDER_ASSETS or on the PATH.");
        return Found.Value!;
    }

    // { "clientVersion": { "minor": "32", … } }, "31+" of some builds
    private static int Minor(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path, ["version", "--client", "--output", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && int.TryParse(((string?)JsonNode.Parse(output)?["clientVersion"]?["minor"])?.TrimEnd('+'), out var minor) ? minor : 0;
    }
}
