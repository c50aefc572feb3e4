using System.Buffers.Binary;
using System.Globalization;

namespace KubeLens.Gateway.Capture.Sessions.Spdy;

/// <summary>
/// Frames of SPDY/3.1, of one direction. Data: 31 bits stream, 8 flags, 24 length. Control: 1, 15 bits version, 16 type, 8 flags, 24 length. It
/// holds one frame's head, or a control frame that opens, answers or resets a stream; everything else passes uncopied.
/// </summary>
internal sealed class SpdyReader(bool isClient, SpdyStreams streams, IChannelSink sink) : IStreamDecoder
{
    private const int HeadBytes = 8, LargestControl = 64 * 1024, Version = 3;
    private const byte Fin = 1;

    private readonly HeaderInflater _inflater = new();
    private readonly byte[] _head = new byte[HeadBytes];
    private byte[] _control = [];
    private int _headLength, _controlLength, _remaining;
    private SpdyFrame _type;
    private uint _stream;
    private byte _flags;
    private SessionChannel _channel;

    public string Problem { get; private set; } = "";

    public bool IsAtBoundary => _headLength == 0;

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && Problem.Length == 0)
        {
            data = data[(_headLength < HeadBytes ? Head(data) : Payload(data))..];
        }
    }

    public void Dispose() => _inflater.Dispose();

    private int Head(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, HeadBytes - _headLength);
        data[..count].CopyTo(_head.AsSpan(_headLength));
        _headLength += count;
        if (_headLength < HeadBytes)
        {
            return count;
        }

        var first = BinaryPrimitives.ReadUInt32BigEndian(_head);
        var second = BinaryPrimitives.ReadUInt32BigEndian(_head.AsSpan(4));
        (_flags, _remaining, _controlLength) = ((byte)(second >> 24), (int)(second & 0xff_ffff), 0);
        if ((first & 0x8000_0000) == 0)
        {
            (_type, _stream) = (SpdyFrame.Data, first);
            _channel = streams.ChannelOf(_stream, isClient);
        }
        else
        {
            _type = (SpdyFrame)(first & 0xffff);
            Problem = CheckControl((first >> 16) & 0x7fff);
        }

        if (_remaining == 0 && Problem.Length == 0)
        {
            End();
        }

        return count;
    }

    private string CheckControl(uint version)
    {
        if (version != Version)
        {
            return string.Create(CultureInfo.InvariantCulture, $"a frame is of SPDY version {version}");
        }

        if (!IsKept)
        {
            return "";
        }

        if (_remaining > LargestControl)
        {
            return "a SPDY control frame is too long";
        }

        if (_control.Length < _remaining)
        {
            _control = new byte[_remaining];
        }

        return "";
    }

    private bool IsKept => _type is SpdyFrame.SynStream or SpdyFrame.SynReply or SpdyFrame.Reset or SpdyFrame.Headers;

    private int Payload(ReadOnlySpan<byte> data)
    {
        var count = Math.Min(data.Length, _remaining);
        if (_type == SpdyFrame.Data)
        {
            sink.Append(_channel, data[..count]);
        }
        else if (IsKept)
        {
            data[..count].CopyTo(_control.AsSpan(_controlLength));
            _controlLength += count;
        }

        _remaining -= count;
        if (_remaining == 0)
        {
            End();
        }

        return count;
    }

    private void End()
    {
        _headLength = 0;
        if (_type == SpdyFrame.Data)
        {
            EndSide(_stream);
        }
        else if (IsKept)
        {
            Problem = Control(_control.AsSpan(0, _controlLength));
        }
    }

    private void EndSide(uint stream)
    {
        if ((_flags & Fin) != 0)
        {
            streams.End(stream, isClient);
        }
    }

    private string Control(ReadOnlySpan<byte> frame)
    {
        const int SynStreamHead = 10, StreamIdBytes = 4;
        var head = _type == SpdyFrame.SynStream ? SynStreamHead : StreamIdBytes;
        if (frame.Length < head)
        {
            return "a SPDY control frame is too short";
        }

        var stream = BinaryPrimitives.ReadUInt32BigEndian(frame) & 0x7fff_ffff;
        if (_type == SpdyFrame.Reset)
        {
            streams.Reset(stream);
            return "";
        }

        // All blocks of a direction are one compressed stream: none may be left out.
        if (_inflater.Inflate(frame[head..]) is not { } block || HeaderBlock.Read(block) is not { } headers)
        {
            return "a SPDY header block cannot be read";
        }

        if (_type == SpdyFrame.SynStream && isClient && !streams.Open(stream, headers))
        {
            return "there are too many SPDY streams";
        }

        EndSide(stream);
        return "";
    }
}
