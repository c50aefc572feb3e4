namespace KubeLens.Gateway.Upstream;

/// <summary>Which cluster calls are forwarded to. Section <c>Cluster</c>.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>
    /// A kubeconfig, or a list of them as in <c>$KUBECONFIG</c>. Empty: <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>, and in a pod
    /// without either as with <see cref="InCluster"/>.
    /// </summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>The context to use. Empty: the kubeconfig's <c>current-context</c>.</summary>
    public string Context { get; set; } = "";

    /// <summary>
    /// Whether to stand in front of the cluster that the gateway's own pod runs in: <c>$KUBERNETES_SERVICE_HOST</c> and
    /// <c>$KUBERNETES_SERVICE_PORT</c>, with the pod's service account, even where there is a kubeconfig.
    /// </summary>
    public bool InCluster { get; set; }

    /// <summary>Where a pod finds its service account: <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.</summary>
    public string ServiceAccountFolder { get; set; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The cluster's name in records, where no kubeconfig names it. Empty: <c>in-cluster</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// Whom the apiserver sees: <c>credential</c> (the kubeconfig's owner for every call), <c>passthrough</c> (the caller by its
    /// own bearer token), <c>impersonate</c> (the caller by <c>Impersonate-*</c>) or <c>front-proxy</c> (the caller by <c>X-Remote-*</c>).
    /// </summary>
    public string Identity { get; set; } = "credential";

    /// <summary>How long an exec plugin may take to print a credential.</summary>
    public TimeSpan ExecTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary><see cref="Identity"/> after validation.</summary>
    public IdentityMode Mode => IdentityModes.Parse(Identity) ?? IdentityMode.Credential;
}
