namespace KubeLens.Gateway.Upstream;

/// <summary>Which cluster calls are forwarded to. Section <c>Cluster</c>.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>A kubeconfig, or a list of them as in <c>$KUBECONFIG</c>. Empty: <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>The context to use. Empty: the kubeconfig's <c>current-context</c>.</summary>
    public string Context { get; set; } = "";

    /// <summary>How long an exec plugin may take to print a credential.</summary>
    public TimeSpan ExecTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
