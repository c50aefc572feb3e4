namespace KubeLens.Gateway.Kubeconfig;

/// <summary>One context of a kubeconfig with what it names, read and checked.</summary>
/// <param name="Name">The context's own name.</param>
/// <param name="Namespace">Its default namespace, empty when it has none.</param>
internal sealed record KubeconfigContext(string Name, string Namespace, KubeconfigCluster Cluster, KubeconfigUser User);
