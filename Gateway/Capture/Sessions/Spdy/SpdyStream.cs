namespace KubeLens.Gateway.Capture.Sessions.Spdy;

/// <summary>A stream that is open in at least one direction.</summary>
internal sealed class SpdyStream(SessionChannel fromClient, SessionChannel fromServer)
{
    private bool _clientEnded, _serverEnded;

    public SessionChannel ChannelOf(bool isClient) => isClient ? fromClient : fromServer;

    /// <returns>Whether the other side has ended, too.</returns>
    public bool End(bool isClient)
    {
        (_clientEnded, _serverEnded) = (_clientEnded || isClient, _serverEnded || !isClient);
        return _clientEnded && _serverEnded;
    }
}
