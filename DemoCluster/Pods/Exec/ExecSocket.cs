using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace KubeLens.DemoCluster.Pods.Exec;

/// <summary>
/// The streams of a shell over one WebSocket: the first byte of each message says which. In v5 a message of 255 and a
/// stream's number says that the client has closed it (k8s.io/apimachinery/pkg/util/remotecommand/constants.go).
/// </summary>
internal sealed class ExecSocket(WebSocket socket)
{
    public const byte Stdout = 1, Stderr = 2;
    private const byte Stdin = 0, Error = 3, Close = 255;
    private const int MostMessageBytes = 1024 * 1024;
    private const int MostMessages = 64;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // Full: the socket is not read, and the client waits.
    private readonly Channel<ReadOnlyMemory<byte>> _stdin = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostMessages) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>What the client types; ends when it closed that stream or left.</summary>
    public ChannelReader<ReadOnlyMemory<byte>> Input => _stdin.Reader;

    /// <summary>Reads until the client closes or leaves. Runs beside the shell, also when nobody reads the input.</summary>
    public async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await MessageAsync(cancellationToken) is { } message)
            {
                if (message is [Stdin, _, ..])
                {
                    await _stdin.Writer.WriteAsync(message.AsMemory(1), cancellationToken);
                }
                else if (message is [Close, Stdin, ..])
                {
                    _stdin.Writer.TryComplete();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ChannelClosedException)
        {
            // The client left without a word, or types on after it closed its stream.
        }
        finally
        {
            _stdin.Writer.TryComplete();
        }
    }

    public Task SendAsync(byte channel, string text, CancellationToken cancellationToken) => SendAsync(channel, Encoding.UTF8.GetBytes(text), cancellationToken);

    public async Task SendAsync(byte channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        byte[] message = [channel, .. bytes.Span];
        await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
    }

    /// <summary>Says how the command ended, closes, and waits a little for the client to do the same.</summary>
    /// <param name="receiving">The <see cref="ReceiveAsync"/> that runs.</param>
    public async Task EndAsync(int code, Task receiving, CancellationToken cancellationToken)
    {
        await SendAsync(Error, Status(code).ToJsonString(), cancellationToken);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellationToken);
        await Task.WhenAny(receiving, Task.Delay(Farewell, cancellationToken));
    }

    private static JsonObject Status(int code)
    {
        if (code == 0)
        {
            return new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" };
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"command terminated with non-zero exit code: exit status {code}",
            ["reason"] = "NonZeroExitCode",
            ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = $"{code}" }) },
        };
    }

    private async Task<byte[]?> MessageAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close || message.Length + part.Count > MostMessageBytes)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
