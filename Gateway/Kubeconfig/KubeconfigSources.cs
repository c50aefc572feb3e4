namespace KubeLens.Gateway.Kubeconfig;

/// <summary>Which files make up the kubeconfig, by kubectl's rules.</summary>
internal static class KubeconfigSources
{
    /// <param name="configured">A path, or a list of paths as in <c>$KUBECONFIG</c>; empty to look where kubectl looks.</param>
    /// <returns>Absolute paths of files that exist, at least one; in a list of several, absent ones are left out.</returns>
    public static IReadOnlyList<string> Find(string? configured) =>
        Find(configured, Environment.GetEnvironmentVariable("KUBECONFIG"), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    public static IReadOnlyList<string> Find(string? configured, string? variable, string home)
    {
        var (text, origin) = !string.IsNullOrWhiteSpace(configured) ? (configured, "Cluster:Kubeconfig")
            : !string.IsNullOrWhiteSpace(variable) ? (variable, "$KUBECONFIG")
            : (Path.Combine(home, ".kube", "config"), "the default");
        var paths = text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Path.GetFullPath).Distinct().ToList();
        var found = paths.Where(path => File.Exists(path) || Directory.Exists(path)).ToList();
        return found.Count > 0 ? found : throw new KubeconfigException(
            $"{string.Join(", ", paths)}: no such file ({origin}). Set Cluster:Kubeconfig or $KUBECONFIG to the kubeconfig of the cluster that is to be recorded.");
    }
}
