using System.Net;
using System.Net.Sockets;
using KubeLens.Gateway.Identity.Serving;

namespace KubeLens.Gateway.Identity;

/// <summary>Where callers reach the gateway, and where it keeps what they need for that. Section <c>Gateway</c>.</summary>
internal sealed class EndpointOptions
{
    public const string Section = "Gateway";

    /// <summary>The https port; 0 takes a free one.</summary>
    public int Port { get; set; } = 6444;

    /// <summary>
    /// The port of the forward proxy, 8888 by custom; 0 for none. On loopback only, whatever <see cref="Bind"/> says. Clients send it
    /// <c>CONNECT</c> for the address of a configured cluster, as with <c>https_proxy</c> or a kubeconfig's <c>proxy-url</c>.
    /// </summary>
    public int ProxyPort { get; set; }

    /// <summary>
    /// The address to listen on; <c>0.0.0.0</c> or <c>::</c> for all. Beyond loopback callers need identities of their own
    /// (<c>Cluster:Identity</c>), and the names that they use must be in <see cref="Names"/>.
    /// </summary>
    public string Bind { get; set; } = "127.0.0.1";

    /// <summary>
    /// Folder for <c>pki/</c> and the issued <c>kubeconfig</c>. Empty: <c>$KUBELENS_HOME</c>, else <c>/var/lib/kubelens</c>
    /// for root and <c>~/.kubelens</c> for others.
    /// </summary>
    public string Home { get; set; } = "";

    /// <summary>This gateway's name in records. Default: the machine's.</summary>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>Host names and addresses that callers may use besides localhost, 127.0.0.1 and ::1.</summary>
    public IList<string> Names { get; } = [];

    /// <summary>Host names of clusters and kubelets at the start, which the gateway's certificate has, too.</summary>
    public IReadOnlyList<string> ClusterHosts { get; set; } = [];

    /// <summary>
    /// The address of the service <c>kubernetes</c>, for a gateway that stands in for it: it then answers to that address and to
    /// <c>kubernetes.default.svc</c> in all its forms. Empty: in a pod <c>$KUBERNETES_SERVICE_HOST</c>, else none.
    /// </summary>
    public string ServiceAddress { get; set; } = "";

    /// <summary>Certificates to serve with instead of the gateway's own, each for the names and addresses that it has.</summary>
    public IList<ServingCertificateOptions> Certificates { get; } = [];

    public string PkiFolder => Path.Combine(Home, "pki");

    /// <summary>Where the kubeconfig that points at the gateway is written.</summary>
    public string IssuedKubeconfig => Path.Combine(Home, "kubeconfig");

    /// <summary>Null when <see cref="Bind"/> is no address.</summary>
    public IPAddress? BindAddress => IPAddress.TryParse(Bind, out var address) ? address : null;

    /// <summary>The address that a client on this machine uses.</summary>
    public string LocalHost => BindAddress is not { } address || IsAny(address) ? "127.0.0.1"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : address.ToString();

    /// <summary>
    /// What kubeconfigs that the gateway issues ask for in the handshake. They trust its own authority, so that beside certificates of
    /// the operator's they need a name that no such certificate has. Empty where there are none.
    /// </summary>
    public string TlsServerName => Certificates.Count > 0 ? "gateway.kubelens.internal" : "";

    /// <summary>Every name of the gateway, addresses in their shortest form.</summary>
    public IReadOnlyList<string> AllNames =>
    [
        .. new[] { "localhost", "127.0.0.1", "::1" }
            .Concat(BindAddress is { } address && !IsAny(address) ? [address.ToString()] : [])
            .Concat(ServiceAddress.Length > 0 ? ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", ServiceAddress] : [])
            .Concat(Names)
            .Append(TlsServerName).Where(name => name.Length > 0)
            .Select(Normal).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary><see cref="AllNames"/> and <see cref="ClusterHosts"/>: what the gateway's own certificate has.</summary>
    public IReadOnlyList<string> CertificateNames => [.. AllNames.Union(ClusterHosts, StringComparer.OrdinalIgnoreCase)];

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string Normal(string name) => IPAddress.TryParse(name, out var address) ? address.ToString() : name;
}
