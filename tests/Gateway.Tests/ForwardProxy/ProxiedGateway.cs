using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Testing;

namespace KubeLens.Gateway.Tests.ForwardProxy;

/// <summary>A gateway with its forward proxy on, before a scripted apiserver.</summary>
public sealed class ProxiedGateway : InProcessGateway
{
    public ProxiedGateway() => Settings["Gateway__ProxyPort"] = $"{ProxyPort}";

    public int ProxyPort { get; } = Ports.Free();

    internal Uri Target => new(Upstream.Address);

    internal X509Certificate2 ProxyAuthority => X509CertificateLoader.LoadCertificateFromFile(Home["pki/proxy-ca.crt"]);

    /// <summary>A client of the apiserver's own address, which trusts the proxy's authority and goes through the proxy.</summary>
    internal HttpClient ProxyClient(Version? version = null)
    {
        var handler = Handler();
        handler.UseProxy = true;
        handler.Proxy = new WebProxy($"http://127.0.0.1:{ProxyPort}");
        handler.SslOptions.CertificateChainPolicy!.CustomTrustStore.Clear();
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(ProxyAuthority);
        return new HttpClient(handler) { BaseAddress = Target, DefaultRequestVersion = version ?? HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    internal async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, ProxyPort, cancellationToken);
        return socket;
    }

    /// <summary>What the proxy answers to this, to the connection's end.</summary>
    internal async Task<string> AnswerAsync(string text, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(cancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), cancellationToken);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
        {
            answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return answer.ToString();
    }
}
