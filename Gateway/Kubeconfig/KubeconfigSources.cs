namespace KubeLens.Gateway.Kubeconfig;

/// <summary>Which files make up the kubeconfig, by kubectl's rules.</summary>
internal static class KubeconfigSources
{
    /// <param name="configured">A path, or a list of paths as in <c>$KUBECONFIG</c>; empty to look where kubectl looks.</param>
    /// <returns>Absolute paths of files that exist, at least one; in a list of several, absent ones are left out.</returns>
    public static IReadOnlyList<string> Find(string? configured) =>
        Find(configured, Variable(), Home());

    /// <summary>Whether there is any where kubectl looks.</summary>
    public static bool Any() => Present(Locate("", Variable(), Home()).Paths).Count > 0;

    public static IReadOnlyList<string> Find(string? configured, string? variable, string home)
    {
        var (paths, origin) = Locate(configured, variable, home);
        var found = Present(paths);
        return found.Count > 0 ? found : throw new KubeconfigException(
            $"{string.Join(", ", paths)}: no such file ({origin}). Set Cluster:Kubeconfig or $KUBECONFIG to the kubeconfig of the cluster that is to be recorded.");
    }

    private static (List<string> Paths, string Origin) Locate(string? configured, string? variable, string home)
    {
        var (text, origin) = !string.IsNullOrWhiteSpace(configured) ? (configured, "Cluster:Kubeconfig")
            : !string.IsNullOrWhiteSpace(variable) ? (variable, "$KUBECONFIG")
            : (Path.Combine(home, ".kube", "config"), "the default");
        return ([.. text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Path.GetFullPath).Distinct()], origin);
    }

    private static List<string> Present(List<string> paths) => paths.FindAll(path => File.Exists(path) || Directory.Exists(path));

    private static string? Variable() => Environment.GetEnvironmentVariable("KUBECONFIG");

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
