namespace KubeLens.Gateway.Upstream;

/// <summary>
/// A cluster that calls are forwarded to. Section <c>Cluster</c> is the one behind the gateway's own address; each
/// <c>Clusters:{name}</c> is a further one, called <c>{name}</c> in records, whose <see cref="Kubeconfig"/>,
/// <see cref="Identity"/> and <see cref="ExecTimeout"/> are those of <c>Cluster</c> unless it has its own.
/// </summary>
internal sealed class ClusterOptions
{
    public const string Section = "Cluster";

    /// <summary>A kubeconfig, or a list of them as in <c>$KUBECONFIG</c>. Empty: <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    public string Kubeconfig { get; set; } = "";

    /// <summary>The context to use. Empty: the kubeconfig's <c>current-context</c>.</summary>
    public string Context { get; set; } = "";

    /// <summary>
    /// Of <c>Cluster</c> only: further contexts of its kubeconfig, with commas between, or <c>*</c> for all. Each is a cluster of
    /// its own below <c>/clusters/{context}</c>; what is no letter, digit, dot, dash or underscore in its name is a dash there.
    /// </summary>
    public string Contexts { get; set; } = "";

    /// <summary>Host names by which callers mean this cluster, in the address that they call or in the handshake (SNI).</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>
    /// Whom the apiserver sees: <c>credential</c> (the kubeconfig's owner for every call), <c>passthrough</c> (the caller by its
    /// own bearer token), <c>impersonate</c> (the caller by <c>Impersonate-*</c>) or <c>front-proxy</c> (the caller by <c>X-Remote-*</c>).
    /// </summary>
    public string Identity { get; set; } = "credential";

    /// <summary>How long an exec plugin may take to print a credential.</summary>
    public TimeSpan ExecTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>First bytes kept of this cluster's request bodies; 0 for none. Unset: <c>Capture:RequestBodyBytes</c>.</summary>
    public int? RequestBodyBytes { get; set; }

    /// <summary>First bytes kept of this cluster's response bodies; 0 for none. Unset: <c>Capture:ResponseBodyBytes</c>.</summary>
    public int? ResponseBodyBytes { get; set; }

    /// <summary><see cref="Identity"/> after validation.</summary>
    public IdentityMode Mode => IdentityModes.Parse(Identity) ?? IdentityMode.Credential;
}
