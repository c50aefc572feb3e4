namespace KubeLens.Gateway.Upstream;

/// <summary>Which cluster calls are forwarded to. Section <c>Cluster</c>.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>A kubeconfig, or a list of them as in <c>$KUBECONFIG</c>. Empty: <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>The context to use. Empty: the kubeconfig's <c>current-context</c>.</summary>
    public string Context { get; set; } = "";

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
