namespace KubeLens.Gateway.Upstream;

/// <summary>
/// A cluster that calls are forwarded to. Section <c>Cluster</c> is the one behind the gateway's own address; each
/// <c>Clusters:{name}</c> is a further one, called <c>{name}</c> in records, whose <see cref="Kubeconfig"/>,
/// <see cref="Identity"/> and <see cref="ExecTimeout"/> are those of <c>Cluster</c> unless it has its own.
/// </summary>
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
    /// Of <c>Cluster</c> only: further contexts of its kubeconfig, with commas between, or <c>*</c> for all. Each is a cluster of
    /// its own below <c>/clusters/{context}</c>; what is no letter, digit, dot, dash or underscore in its name is a dash there.
    /// </summary>
    public string Contexts { get; set; } = "";

    /// <summary>Host names by which callers mean this cluster, in the address that they call or in the handshake (SNI).</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>
    /// Whether to stand in front of the cluster that the gateway's own pod runs in: <c>$KUBERNETES_SERVICE_HOST</c> and
    /// <c>$KUBERNETES_SERVICE_PORT</c>, with the pod's service account, even where there is a kubeconfig.
    /// </summary>
    public bool InCluster { get; set; }

    /// <summary>Where a pod finds its service account: <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.</summary>
    public string ServiceAccountFolder { get; set; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The cluster's name in records. Empty: the kubeconfig's for it, or <c>in-cluster</c>; of <c>Clusters:{name}</c> that name.</summary>
    public string Name { get; set; } = "";

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

    /// <summary>The most bytes of a recording of this cluster's terminals. Unset: <c>Capture:RecordingBytes</c>.</summary>
    public int? RecordingBytes { get; set; }

    /// <summary>How long headers and bodies of its calls are kept: a class of the Store's <c>Retention:Classes</c>. Empty: the usual time.</summary>
    public string Retention { get; set; } = "";

    /// <summary><see cref="Identity"/> after validation.</summary>
    public IdentityMode Mode => IdentityModes.Parse(Identity) ?? IdentityMode.Credential;
}
