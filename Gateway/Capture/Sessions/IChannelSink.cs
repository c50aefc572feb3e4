namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>Takes what the decoders find. One call at a time.</summary>
internal interface IChannelSink
{
    /// <summary>Whether the bytes of a channel are looked at, not only counted.</summary>
    bool Wants(SessionChannel channel);

    /// <summary>Bytes of a channel; without meaning but for their number where they are not wanted.</summary>
    void Append(SessionChannel channel, ReadOnlySpan<byte> data);

    /// <summary>A connection to a port of the pod.</summary>
    void Connected(string port);
}
