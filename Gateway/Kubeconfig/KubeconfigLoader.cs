namespace KubeLens.Gateway.Kubeconfig;

/// <summary>
/// Reads a kubeconfig as kubectl does: of several files the first that has an entry of a name wins, whole, and the first
/// <c>current-context</c> counts.
/// <see href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/"/>
/// </summary>
internal static class KubeconfigLoader
{
    /// <param name="paths">As <see cref="ClusterOptions.Kubeconfig"/>.</param>
    /// <param name="context">As <see cref="ClusterOptions.Context"/>.</param>
    /// <exception cref="KubeconfigException">Anything wrong with it.</exception>
    public static KubeconfigContext Load(string? paths, string? context) => Load(KubeconfigSources.Find(paths), context);

    public static KubeconfigContext Load(IReadOnlyList<string> paths, string? context)
    {
        var files = paths.Select(KubeconfigFile.Read).ToList();
        var sources = string.Join(", ", paths);
        if (!files.Exists(file => file.Clusters.Count > 0))
        {
            throw new KubeconfigException($"{sources}: has no clusters. Add one with: kubectl config set-cluster NAME --server=https://HOST:6443");
        }

        var known = files.SelectMany(file => file.Contexts.Keys).Distinct().ToList();
        if (known.Count == 0)
        {
            throw new KubeconfigException($"{sources}: has no contexts. Add one with: kubectl config set-context NAME --cluster=CLUSTER --user=USER");
        }

        var name = !string.IsNullOrEmpty(context) ? context : files.Find(file => file.CurrentContext.Length > 0)?.CurrentContext
            ?? throw new KubeconfigException($"{sources}: has no current-context and none was chosen. Choose one with Cluster:Context or: kubectl config use-context NAME. There are: {string.Join(", ", known)}");
        var node = Find(files, file => file.Contexts, name)
            ?? throw new KubeconfigException($"{sources}: has no context \"{name}\". There are: {string.Join(", ", known)}");
        return new KubeconfigContext(name, node.Text("namespace"),
            ClusterReader.Read(Named(node, "cluster", files, file => file.Clusters), node.Text("cluster")),
            UserReader.Read(Named(node, "user", files, file => file.Users), node.Text("user")));
    }

    /// <summary>The names of all contexts.</summary>
    /// <exception cref="KubeconfigException">A file cannot be read.</exception>
    public static IReadOnlyList<string> Contexts(string? paths) => Contexts(KubeconfigSources.Find(paths));

    public static IReadOnlyList<string> Contexts(IReadOnlyList<string> paths) => [.. paths.Select(KubeconfigFile.Read).SelectMany(file => file.Contexts.Keys).Distinct()];

    private static KubeconfigNode Named(KubeconfigNode context, string field, List<KubeconfigFile> files, Func<KubeconfigFile, IReadOnlyDictionary<string, KubeconfigNode>> entries)
    {
        var name = context.Text(field);
        return name.Length == 0
            ? throw context.Error(field, $"is missing: name an entry of {field}s.")
            : Find(files, entries, name) ?? throw context.Error(field, $"there is no {field} \"{name}\". There are: {string.Join(", ", files.SelectMany(file => entries(file).Keys).Distinct())}");
    }

    private static KubeconfigNode? Find(List<KubeconfigFile> files, Func<KubeconfigFile, IReadOnlyDictionary<string, KubeconfigNode>> entries, string name)
    {
        foreach (var file in files)
        {
            if (entries(file).TryGetValue(name, out var node))
            {
                return node;
            }
        }

        return null;
    }
}
