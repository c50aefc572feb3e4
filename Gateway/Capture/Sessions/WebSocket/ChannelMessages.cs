using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace KubeLens.Gateway.Capture.Sessions.WebSocket;

/// <summary>
/// Messages of <c>channel.k8s.io</c> and its versions: the first byte is the channel, the rest its data (kubernetes/kubernetes,
/// apimachinery/pkg/util/httpstream/wsstream). v5 has 255, the end of the channel in the second byte. With <c>base64</c> the channel is a digit,
/// and the data base64. A port-forward has two channels for each port, data and error, each of which begins with the port's number.
/// </summary>
internal sealed class ChannelMessages(bool isClient, bool isBase64, bool isPortForward, IChannelSink sink) : IMessageSink
{
    private const byte CloseSignal = 255;
    private const int Unread = -1, MostPortChannels = 256;

    private readonly byte[] _text = new byte[4];
    private readonly byte[] _ports = new byte[MostPortChannels]; // how much of each channel's number has passed
    private readonly byte[] _number = new byte[2];
    private int _channel = Unread;
    private int _textLength;

    public string Problem { get; private set; } = "";

    public bool Wants => _channel == Unread || isBase64 || (isPortForward && _ports[_channel] < 2) || sink.Wants(ChannelOf(_channel));

    public void Begin() => (_channel, _textLength) = (Unread, 0);

    public int Append(ReadOnlySpan<byte> data)
    {
        if (_channel == Unread)
        {
            _channel = isBase64 ? data[0] - '0' : data[0];
            if (_channel is not (>= 0 and <= 4 or CloseSignal) && !(isPortForward && _channel is >= 0 and < CloseSignal))
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"channel {_channel} is unknown");
            }

            return 1;
        }

        return isBase64 ? Decode(data) : Raw(data);
    }

    private int Raw(ReadOnlySpan<byte> data)
    {
        if (!isPortForward || _channel == CloseSignal || _ports[_channel] >= 2)
        {
            sink.Append(ChannelOf(_channel), data);
            return data.Length;
        }

        // Little-endian, and only the server's say counts: the client sends none.
        if (isClient)
        {
            _ports[_channel] = 2;
            return Raw(data);
        }

        _number[_ports[_channel]++] = data[0];
        if (_ports[_channel] == 2 && _channel % 2 == 0)
        {
            sink.Connected((_number[0] | (_number[1] << 8)).ToString(CultureInfo.InvariantCulture));
        }

        return 1;
    }

    // Four characters are three bytes; what is over waits for the next piece.
    private int Decode(ReadOnlySpan<byte> data)
    {
        Span<byte> plain = stackalloc byte[3];
        foreach (var character in data)
        {
            _text[_textLength++] = character;
            if (_textLength == _text.Length)
            {
                _textLength = 0;
                if (Base64.DecodeFromUtf8(_text, plain, out _, out var length) != OperationStatus.Done)
                {
                    Problem = "a message is no base64";
                    break;
                }

                for (var rest = plain[..length]; !rest.IsEmpty;)
                {
                    rest = rest[Raw(rest)..];
                }
            }
        }

        return data.Length;
    }

    // A channel counts only in its own direction: else a client could write what looks like output.
    private SessionChannel ChannelOf(int channel) => (isPortForward, isClient, channel) switch
    {
        (_, _, CloseSignal) => SessionChannel.Ignored,
        (true, true, _) => channel % 2 == 0 ? SessionChannel.Input : SessionChannel.Ignored,
        (true, false, _) => channel % 2 == 0 ? SessionChannel.Output : SessionChannel.Error,
        (false, true, 0) => SessionChannel.Input,
        (false, true, 4) => SessionChannel.Resize,
        (false, false, 1) => SessionChannel.Output,
        (false, false, 2) => SessionChannel.Error,
        (false, false, 3) => SessionChannel.Status,
        _ => SessionChannel.Ignored,
    };
}
