namespace KubeLens.Gateway.Kubelets;

/// <summary>
/// A kubelet that calls are forwarded to, beside the cluster that its node belongs to. Section <c>Kubelets:{node}</c>, by the
/// node's name in the cluster; read at the start.
/// </summary>
internal sealed class KubeletOptions
{
    public const string Section = "Kubelets";

    /// <summary>As <c>https://worker-1:10250</c>.</summary>
    public string Address { get; set; } = "";

    /// <summary>
    /// Whose node it is, and so who may call and whose reviews are asked: a name of <c>Clusters</c>, or empty for <c>Cluster</c>.
    /// </summary>
    public string Cluster { get; set; } = "";

    /// <summary>PEM: what the kubelet's serving certificate must end at. Empty: the system's roots.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>The name that the kubelet's serving certificate must have, where it is not the address's.</summary>
    public string TlsServerName { get; set; } = "";

    /// <summary>PEM: the gateway's own client certificate for the kubelet. Not shown to it for callers with tokens of their own (<c>passthrough</c>).</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM, without a password.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Or the gateway's own token, in a file that something else rotates.</summary>
    public string TokenFile { get; set; } = "";

    /// <summary>Host names by which callers mean this kubelet, besides the path <c>/kubelets/{node}</c> on the gateway's own address.</summary>
    public IList<string> Hosts { get; } = [];
}
