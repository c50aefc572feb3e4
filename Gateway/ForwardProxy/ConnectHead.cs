using System.Globalization;
using System.Net;
using System.Text;

namespace KubeLens.Gateway.ForwardProxy;

/// <summary>Reads the first line that a proxy's client sends: <c>CONNECT api.example:6443 HTTP/1.1</c> (RFC 9110 §9.3.6).</summary>
internal static class ConnectHead
{
    private const string ConnectMethod = "CONNECT";
    private const int LongestMethod = 32;
    private const int LongestHost = 255;

    /// <summary>Whether what was read so far cannot become a request any more, as a TLS hello.</summary>
    public static bool IsHopeless(ReadOnlySpan<byte> begin)
    {
        var end = begin.IndexOf((byte)' ');
        var method = end < 0 ? begin : begin[..end];
        return end == 0 || method.Length > LongestMethod || method.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
    }

    /// <param name="head">All of it, with the empty line at its end.</param>
    public static ConnectRequest Parse(ReadOnlySpan<byte> head)
    {
        var line = Encoding.Latin1.GetString(head[..head.IndexOf("\r\n"u8)]);
        var parts = line.Split(' ');
        if (parts is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"] || method.Length == 0)
        {
            return ConnectRequest.Malformed;
        }

        if (method != ConnectMethod)
        {
            return new ConnectRequest(method, "", 0);
        }

        // As "127.0.0.1:6443", "[::1]:6443"
        var colon = target.LastIndexOf(':');
        return colon > 0 && int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort && IsHost(target[..colon])
            ? new ConnectRequest(method, ProxyTarget.Normal(target[..colon]), port)
            : ConnectRequest.Malformed;
    }

    // Strict, because the answer repeats it.
    private static bool IsHost(string host) => host.Length <= LongestHost && (host is ['[', .. var inner, ']']
        ? IPAddress.TryParse(inner, out _) && inner.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
        : host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));
}
