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

    internal X509Certificate2 ProxyAuthority => ProxyClients.Authority(this);

    internal HttpClient ProxyClient(Version? version = null) => ProxyClients.Create(this, ProxyPort, Target, version);

    internal async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, ProxyPort, cancellationToken);
        return socket;
    }

    /// <summary>What the proxy answers to this, to the connection's end.</summary>
    internal async Task<string> AnswerAsync(string text, CancellationToken cancellationToken, bool halfClose = false)
    {
        using var socket = await ConnectAsync(cancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), cancellationToken);
        if (halfClose)
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
        {
            answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return answer.ToString();
    }
}
