using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace KubeLens.Gateway.Tests.Proxy;

/// <summary>A TLS connection on which a test writes HTTP/2 by hand (RFC 9113, headers as RFC 7541).</summary>
internal sealed class RawHttp2(SslStream stream, Socket socket) : IAsyncDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte PushPromise = 5;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;

    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    public static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>After the handshake; the preface is the test's.</summary>
    public static async Task<RawHttp2> OpenAsync(GatewayUnderTest gateway, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, cancellationToken);
        using var handler = gateway.Handler();
        var options = handler.SslOptions;
        options.TargetHost = "localhost";
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return new RawHttp2(stream, socket);
    }

    public static byte[] Frame(byte type, byte flags, int streamId, params ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The header block of a GET.</summary>
    public static byte[] Get(string path) => [0x82, 0x87, .. Text(0x04, path), .. Text(0x01, "localhost")];

    /// <summary>A string after what stands before it: an index (literal without indexing) or a name.</summary>
    public static byte[] Text(byte before, string text) => [before, .. Integer(0, 7, text.Length), .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Integer(byte pattern, int bits, int value)
    {
        var most = (1 << bits) - 1;
        if (value < most)
        {
            return [(byte)(pattern | value)];
        }

        var bytes = new List<byte> { (byte)(pattern | most) };
        for (value -= most; value >= 128; value >>= 7)
        {
            bytes.Add((byte)((value & 0x7f) | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Preface and empty settings: an HTTP/2 connection with nothing on it.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => WriteAsync((byte[])[.. Preface, .. Frame(Settings, 0, 0)], cancellationToken);

    /// <summary>The next frame; null when the connection has ended.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = new byte[9];
            await stream.ReadExactlyAsync(head, cancellationToken);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
            await stream.ReadExactlyAsync(payload, cancellationToken);
            return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads until the server has ended the connection; the error code of its GOAWAY, −1 without one.</summary>
    public async Task<int> ReadGoAwayAsync(CancellationToken cancellationToken)
    {
        var code = -1;
        while (await ReadAsync(cancellationToken) is { } frame)
        {
            code = frame.Type == GoAway ? BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4)) : code;
        }

        return code;
    }

    /// <summary>Breaks off without a farewell.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
