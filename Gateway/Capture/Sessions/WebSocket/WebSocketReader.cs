using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KubeLens.Gateway.Capture.Sessions.WebSocket;

/// <summary>
/// Frames of RFC 6455 (section 5.2), of one direction, without extensions: FIN, opcode, mask, a length of 7, 16 or 64 bits. It holds one frame's
/// head, and unmasks a few kilobytes at a time.
/// </summary>
internal sealed class WebSocketReader(bool isClient, IMessageSink messages) : IStreamDecoder
{
    private const int LongestHead = 14, LongestControl = 125, MaskBytes = 4, Scratch = 4096;
    private const byte Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    private readonly byte[] _head = new byte[LongestHead];
    private readonly byte[] _scratch = isClient ? new byte[Scratch] : [];
    private int _headLength;
    private byte _opcode;
    private long _remaining;
    private uint _mask;
    private int _maskAt;
    private bool _inFrame, _isLast, _inMessage, _isClosed;

    public string Problem { get; private set; } = "";

    public bool IsAtBoundary => !_inFrame && _headLength == 0 && !_inMessage;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && Problem.Length == 0 && !_isClosed)
        {
            data = data[(_inFrame ? Payload(data) : Head(data))..];
        }
    }

    public void Dispose() => (messages as IDisposable)?.Dispose();

    private int Head(ReadOnlySpan<byte> data)
    {
        _head[_headLength++] = data[0];
        if (_headLength < 2 || _headLength < HeadBytes())
        {
            return 1;
        }

        _headLength = 0;
        Problem = Begin();
        if (Problem.Length == 0 && _remaining == 0)
        {
            End();
        }

        return 1;
    }

    private int HeadBytes() => 2 + ((_head[1] & 0x7f) switch { 126 => 2, 127 => 8, _ => 0 }) + ((_head[1] & 0x80) != 0 ? MaskBytes : 0);

    private string Begin()
    {
        var (first, second) = (_head[0], _head[1]);
        _opcode = (byte)(first & 0x0f);
        _isLast = (first & 0x80) != 0;
        var (isMasked, at) = ((second & 0x80) != 0, 2);
        ulong length = (ulong)(second & 0x7f);
        if (length == 126)
        {
            (length, at) = (BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)), 4);
        }
        else if (length == 127)
        {
            (length, at) = (BinaryPrimitives.ReadUInt64BigEndian(_head.AsSpan(2)), 10);
        }

        if ((first & 0x70) != 0)
        {
            return "a WebSocket frame uses an extension";
        }

        if (isMasked != isClient)
        {
            return isClient ? "a WebSocket frame of the client is not masked" : "a WebSocket frame of the server is masked";
        }

        if (length > long.MaxValue)
        {
            return "a WebSocket frame has an impossible length";
        }

        var isControl = _opcode >= Close;
        if (isControl ? _opcode > Pong || length > LongestControl || !_isLast : _opcode > Binary)
        {
            return "a WebSocket frame is of an unknown kind";
        }

        if (!isControl && (_opcode == Continuation) != _inMessage)
        {
            return "WebSocket fragments are out of order";
        }

        // Kept in memory order, so that it is applied to bytes as they lie.
        _mask = isMasked ? MemoryMarshal.Read<uint>(_head.AsSpan(at)) : 0;
        (_maskAt, _remaining, _inFrame) = (0, (long)length, true);
        if (_opcode is Text or Binary)
        {
            _inMessage = true;
            messages.Begin();
        }

        return "";
    }

    private int Payload(ReadOnlySpan<byte> data)
    {
        var piece = data[..(int)Math.Min(data.Length, _remaining)];
        var taken = piece.Length;
        if (_opcode is not (Close or Ping or Pong))
        {
            if (_mask != 0 && messages.Wants)
            {
                piece = Unmask(piece);
            }

            taken = messages.Append(piece);
            Problem = messages.Problem;
        }

        _maskAt = (_maskAt + taken) & 3;
        _remaining -= taken;
        if (_remaining == 0)
        {
            End();
        }

        return taken;
    }

    private void End()
    {
        _inFrame = false;
        _isClosed = _opcode == Close;
        if (_isLast && _opcode < Close)
        {
            _inMessage = false;
        }
    }

    private Span<byte> Unmask(ReadOnlySpan<byte> piece)
    {
        var plain = _scratch.AsSpan(0, Math.Min(piece.Length, Scratch));
        piece[..plain.Length].CopyTo(plain);
        Span<byte> mask = stackalloc byte[MaskBytes];
        MemoryMarshal.Write(mask, in _mask);
        Span<byte> turned = [mask[_maskAt], mask[(_maskAt + 1) & 3], mask[(_maskAt + 2) & 3], mask[(_maskAt + 3) & 3]];
        var words = MemoryMarshal.Cast<byte, uint>(plain);
        var word = MemoryMarshal.Read<uint>(turned);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] ^= word;
        }

        for (var i = words.Length * MaskBytes; i < plain.Length; i++)
        {
            plain[i] ^= turned[i & 3];
        }

        return plain;
    }
}
