namespace KubeLens.Gateway.Capture.Sessions.Spdy;

/// <summary>The open streams of a connection, which both directions speak of. What they carry is in their headers' <c>streamtype</c>.</summary>
internal sealed class SpdyStreams(bool isPortForward, IChannelSink sink)
{
    private const int Most = 4096;

    private readonly Dictionary<uint, SpdyStream> _open = [];

    /// <summary>A stream that the client opens; a server opens none.</summary>
    /// <returns>False when there are too many.</returns>
    public bool Open(uint id, IReadOnlyDictionary<string, string> headers)
    {
        var type = headers.GetValueOrDefault("streamtype", "");
        if (_open.Count >= Most)
        {
            return false;
        }

        if (isPortForward && type == "data")
        {
            sink.Connected(headers.GetValueOrDefault("port", ""));
        }

        _open[id] = (isPortForward, type) switch
        {
            (true, "data") => new SpdyStream(SessionChannel.Input, SessionChannel.Output),
            (true, "error") => new SpdyStream(SessionChannel.Ignored, SessionChannel.Error),
            (false, "stdin") => new SpdyStream(SessionChannel.Input, SessionChannel.Ignored),
            (false, "stdout") => new SpdyStream(SessionChannel.Ignored, SessionChannel.Output),
            (false, "stderr") => new SpdyStream(SessionChannel.Ignored, SessionChannel.Error),
            (false, "error") => new SpdyStream(SessionChannel.Ignored, SessionChannel.Status),
            (false, "resize") => new SpdyStream(SessionChannel.Resize, SessionChannel.Ignored),
            _ => new SpdyStream(SessionChannel.Ignored, SessionChannel.Ignored),
        };
        return true;
    }

    public SessionChannel ChannelOf(uint id, bool isClient) => _open.TryGetValue(id, out var stream) ? stream.ChannelOf(isClient) : SessionChannel.Ignored;

    /// <summary>One side has said its last.</summary>
    public void End(uint id, bool isClient)
    {
        if (_open.TryGetValue(id, out var stream) && stream.End(isClient))
        {
            _open.Remove(id);
        }
    }

    /// <summary>Both sides are over with it.</summary>
    public void Reset(uint id) => _open.Remove(id);
}
