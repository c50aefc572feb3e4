namespace KubeLens.Gateway.ForwardProxy;

/// <summary>A cluster's apiserver as clients name it. On a connection that came through the forward proxy, the one that it asked for.</summary>
/// <param name="Host">A name, or an address in its shortest form, without brackets; lower case.</param>
/// <param name="Cluster">The cluster's name in records.</param>
internal sealed record ProxyTarget(string Host, int Port, string Cluster)
{
    /// <summary>What its clients expect in the certificate instead of <see cref="Host"/>, as the kubeconfig's <c>tls-server-name</c>; empty for the host.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>What its clients expect in the certificate.</summary>
    public string Expected => ServerName.Length > 0 ? ServerName : Host;

    /// <summary>What a certificate for it has to name.</summary>
    public IEnumerable<string> Names => ServerName.Length > 0 ? [Host, ServerName] : [Host];

    public bool IsAddressOf(Uri server) => server.Port == Port && Normal(server.IdnHost) == Host;

    public static ProxyTarget? Of(Uri server, string serverName, string cluster) => server.Scheme == Uri.UriSchemeHttps
        ? new ProxyTarget(Normal(server.IdnHost), server.Port, cluster) { ServerName = serverName }
        : null;

    /// <summary>Hosts are compared in this form.</summary>
    public static string Normal(string host) =>
        System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address.ToString() : host.ToLowerInvariant();
}
