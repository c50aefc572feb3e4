using System.Buffers;
using System.Text;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace KubeLens.Gateway.Capture;

/// <summary>
/// A client's connection, as a feature of it. Its facts are written down once, in the form in which every call's record takes them, and when the
/// first call begins: a connection that breaks is gone before the calls on it have ended, and they need their records all the same.
/// </summary>
internal sealed class ClientConnection
{
    private byte[] _written = [];
    private long _requests;

    /// <summary>The facts as attributes of a record.</summary>
    public ReadOnlySpan<byte> Written => _written;

    /// <summary>Of a call that begins; new where its endpoint has none.</summary>
    public static ClientConnection Of(HttpContext context)
    {
        var connection = context.Features.Get<ClientConnection>() ?? new ClientConnection();
        if (connection._written.Length == 0)
        {
            connection._written = Write(context);
        }

        return connection;
    }

    /// <summary>Which call of the connection this one is.</summary>
    public long Count() => Interlocked.Increment(ref _requests);

    private static byte[] Write(HttpContext context)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        CallLogWriter.WriteClient(Read(context), output);
        return output.WrittenSpan.ToArray();
    }

    private static CallSide Read(HttpContext context)
    {
        var side = new CallSide
        {
            Protocol = HttpProtocol.IsHttp2(context.Request.Protocol) ? "2" : "1.1",
            Address = TlsFacts.Address(context.Connection.RemoteIpAddress),
            Port = context.Connection.RemotePort,
            Trust = CallTrust.Plaintext,
        };
        if (context.Features.Get<ITlsHandshakeFeature>() is not { } tls)
        {
            return side;
        }

        try
        {
            return WithTls(side, tls, context);
        }
        catch (ObjectDisposedException)
        {
            return side with { Trust = CallTrust.Unverified }; // broken since its request was read
        }
    }

    private static CallSide WithTls(CallSide side, ITlsHandshakeFeature tls, HttpContext context)
    {
        var certificate = context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        return (side with
        {
            TlsVersion = TlsFacts.Version(tls.Protocol),
            Cipher = tls.NegotiatedCipherSuite?.ToString() ?? "",
            Alpn = context.Features.Get<ITlsApplicationProtocolFeature>() is { } alpn ? Encoding.ASCII.GetString(alpn.ApplicationProtocol.Span) : "",
            ServerName = TlsFacts.ServerName(tls.HostName),
            Trust = certificate is not null && context.Features.Get<RejectedCertificate>() is null ? CallTrust.Verified : CallTrust.Unverified,
        }).WithCertificate(certificate);
    }
}
