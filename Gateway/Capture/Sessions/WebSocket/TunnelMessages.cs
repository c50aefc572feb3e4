using KubeLens.Gateway.Capture.Sessions.Spdy;

namespace KubeLens.Gateway.Capture.Sessions.WebSocket;

/// <summary>Messages of <c>SPDY/3.1+portforward.k8s.io</c>: SPDY's bytes, cut anywhere.</summary>
internal sealed class TunnelMessages(SpdyReader spdy) : IMessageSink, IDisposable
{
    public string Problem => spdy.Problem;

    public bool Wants => true;

    public void Begin()
    {
        // A message has no meaning of its own.
    }

    public int Append(ReadOnlySpan<byte> data)
    {
        spdy.Append(data);
        return data.Length;
    }

    public void Dispose() => spdy.Dispose();
}
