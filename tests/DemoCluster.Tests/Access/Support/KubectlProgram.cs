namespace KubeLens.DemoCluster.Tests.Access.Support;

internal static class KubectlProgram
{
    /// <summary>The real one; without it the test is skipped.</summary>
    public static string Find()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Prepend(Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") ?? "")
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, "kubectl"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, "kubectl is neither in KUBEBUILDER_ASSETS nor on the PATH.");
        return found!;
    }
}
