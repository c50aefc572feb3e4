using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using KubeLens.AppHost.Processes;

namespace KubeLens.AppHost.Postgres;

/// <summary>
/// Asks like pg_isready, which not every package of the server has: a start-up message is answered with a request for the
/// password once connections are accepted, and with an error before.
/// https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP
/// </summary>
internal sealed class PostgresProbe(string socketPath) : IReadyProbe
{
    private const int ProtocolVersion = 3 << 16;
    private const byte AuthenticationRequest = (byte)'R';

    private static readonly byte[] StartUp = StartUpMessage();

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            await socket.SendAsync(StartUp, cancellationToken);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, cancellationToken) == 1 && answer[0] == AuthenticationRequest;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static byte[] StartUpMessage()
    {
        var parameters = Encoding.ASCII.GetBytes($"user\0{ClusterCreation.Name}\0database\0{ClusterCreation.Name}\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion);
        parameters.CopyTo(message, 8);
        return message;
    }
}
