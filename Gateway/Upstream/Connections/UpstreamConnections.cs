using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using KubeLens.Contracts.Calls;

namespace KubeLens.Gateway.Upstream.Connections;

/// <summary>The open connections of one handler: opens them as the handler would, and learns what they are.</summary>
/// <param name="verifies">Whether a certificate that does not pass ends the handshake.</param>
internal sealed class UpstreamConnections(bool verifies)
{
    private readonly ConcurrentDictionary<ActivitySpanId, UpstreamConnection> _open = new();

    // From the TCP connection to the end of its handshake. Not in the request's options: the request may be under way on another connection.
    private readonly ConditionalWeakTable<HttpRequestMessage, UpstreamConnection> _opening = [];
    private volatile UpstreamConnection? _newestHttp1;
    private volatile UpstreamConnection? _newestHttp2;

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var opener = Opener(context.InitialRequestMessage);
        var began = opener?.Now;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (IsToProxy(context.InitialRequestMessage))
        {
            return new NetworkStream(socket, ownsSocket: true);
        }

        var now = opener?.Now;
        var peer = socket.RemoteEndPoint as IPEndPoint;
        var connection = new UpstreamConnection(opener)
        {
            ConnectUs = opener is not null ? opener.Microseconds(began!.Value, now!.Value) : null,
            ConnectedAt = now,
            Address = TlsFacts.Address(peer?.Address),
            Port = peer?.Port ?? 0,
        };
        _opening.AddOrUpdate(context.InitialRequestMessage, connection);
        if (ConnectionLink.Current is not { } name)
        {
            return new NetworkStream(socket, ownsSocket: true);
        }

        _open[name] = connection;
        return new UpstreamStream(socket, () => _open.TryRemove(name, out _));
    }

    /// <summary>For <see cref="SocketsHttpHandler.PlaintextStreamFilter"/>: the stream stays as it is.</summary>
    public ValueTask<Stream> DescribeAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        var request = context.InitialRequestMessage;
        if (!IsToProxy(request))
        {
            var connection = _opening.TryGetValue(request, out var opened) ? opened : new UpstreamConnection(Opener(request));
            _opening.Remove(request);
            var tls = context.PlaintextStream as SslStream;
            connection.Describe(Side(tls) with { Protocol = context.NegotiatedHttpVersion.Major == 2 ? "2" : "1.1" }, tls is not null);
            _ = context.NegotiatedHttpVersion.Major == 2 ? _newestHttp2 = connection : _newestHttp1 = connection;
        }

        return new(context.PlaintextStream);
    }

    /// <summary>The connection that a watched request used; the newest of its version where that is not told.</summary>
    public UpstreamConnection? Find(Activity? watch, Version version) =>
        ConnectionLink.Used(watch) is { } name && _open.TryGetValue(name, out var used) ? used
        : version.Major == 2 ? _newestHttp2
        : _newestHttp1;

    private CallSide Side(SslStream? tls) => tls is null ? new CallSide { Trust = CallTrust.Plaintext } : new CallSide
    {
        TlsVersion = TlsFacts.Version(tls.SslProtocol),
        Cipher = tls.NegotiatedCipherSuite.ToString(),
        Alpn = tls.NegotiatedApplicationProtocol.ToString(),
        ServerName = TlsFacts.ServerName(tls.TargetHostName),
        Trust = verifies ? CallTrust.Verified : CallTrust.Unverified,
    }.WithCertificate(tls.RemoteCertificate);

    private static UpstreamUse? Opener(HttpRequestMessage request) => request.Options.TryGetValue(UpstreamUse.Key, out var use) ? use : null;

    // The handler's own request to a proxy-url: what follows in its tunnel is described when its handshake is done.
    private static bool IsToProxy(HttpRequestMessage request) => request.Method == HttpMethod.Connect;

    private sealed class UpstreamStream(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
    {
        protected override void Dispose(bool disposing)
        {
            closed();
            base.Dispose(disposing);
        }
    }
}
