using System.Text;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>The proxy's answer to what it does not do. kubectl prints no more of it than what stands behind the status, so the reason is there too.</summary>
/// <param name="Outcome">For the counter.</param>
internal sealed record ProxyRefusal(int Status, string Outcome, string Text)
{
    public static ProxyRefusal Malformed => new(400, "malformed", "this is a forward proxy: it takes CONNECT host:port HTTP/1.1, and a TLS handshake only after that");

    public static ProxyRefusal TooLong => new(431, "malformed", "the request is longer than 8 KiB");

    public static ProxyRefusal TimedOut => new(408, "timeout", "no request came within 10 seconds");

    public static ProxyRefusal Method(string method) => new(405, "method", $"{method} is not done here: this proxy takes CONNECT to the configured clusters, which are reached by https");

    public static ProxyRefusal Target(string address) => new(403, "target", $"{address} is not the address of a configured cluster, and this proxy goes nowhere else");

    public byte[] ToBytes()
    {
        var allow = Status == 405 ? "Allow: CONNECT\r\n" : "";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} KubeLens: {Text}\r\n{allow}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {Text.Length + 1}\r\nConnection: close\r\n\r\n{Text}\n");
    }
}
