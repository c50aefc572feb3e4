using System.Net;
using System.Text;
using KubeLens.Gateway.Kubeconfig;
using KubeLens.Gateway.Upstream.Connections;

namespace KubeLens.Gateway.Upstream;

/// <summary>Connections to a cluster, for forwarding: nothing is followed, kept, unpacked or added.</summary>
internal static class UpstreamTransport
{
    // New connections follow DNS and balance over apiservers; open watches stay on their old ones.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    public static HttpMessageHandler Create(KubeconfigCluster cluster, ClientCertificate? certificate)
    {
        var connections = new UpstreamConnections(verifies: !cluster.SkipTlsVerify);
        var pooled = CreateSockets(cluster, certificate, connections, KeptFor);
        var dialing = CreateSockets(cluster, certificate, connections, keptFor: TimeSpan.Zero);
        var sockets = new ConnectionWatchHandler(connections, new RepeatedHeaderHandler(new UpgradeHandler(pooled, dialing)));
        return cluster.TlsServerName.Length > 0 ? new TlsServerNameHandler(cluster.TlsServerName, sockets) : sockets;
    }

    private static SocketsHttpHandler CreateSockets(KubeconfigCluster cluster, ClientCertificate? certificate, UpstreamConnections connections, TimeSpan keptFor) => new()
    {
        ConnectCallback = connections.ConnectAsync,
        PlaintextStreamFilter = connections.DescribeAsync,
        SslOptions = UpstreamTls.Options(cluster, certificate),
        Proxy = Proxy(cluster.Proxy),
        // Without proxy-url the environment's proxy is not ours to use: it would see which cluster is recorded.
        UseProxy = cluster.Proxy is not null,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = keptFor,
        // An apiserver closes an idle connection after 90 s, which a request may cross on its way.
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        // A watch may be silent for half an hour: only pings tell a quiet server from a lost one.
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        InitialHttp2StreamWindowSize = 1 << 20,
        MaxResponseHeadersLength = 128,
        // Go sends and takes header values as UTF-8: user names, groups, warnings.
        RequestHeaderEncodingSelector = RepeatedHeaderHandler.EncodingFor,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    };

    private static WebProxy? Proxy(Uri? address)
    {
        if (address is null)
        {
            return null;
        }

        var proxy = new WebProxy(address);
        if (address.UserInfo.Split(':', 2) is [{ Length: > 0 } name, .. var password])
        {
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(name), password is [var secret] ? Uri.UnescapeDataString(secret) : "");
        }

        return proxy;
    }
}
