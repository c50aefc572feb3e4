namespace KubeLens.Gateway.Capture.Sessions.WebSocket;

/// <summary>Takes the payload of WebSocket messages, in pieces.</summary>
internal interface IMessageSink
{
    /// <summary>Why it can take no more; empty while it can.</summary>
    string Problem { get; }

    /// <summary>Whether the next bytes are looked at; others need not be unmasked.</summary>
    bool Wants { get; }

    /// <summary>A message begins; what follows is its payload.</summary>
    void Begin();

    /// <summary>Payload; without meaning but for its length where it is not wanted.</summary>
    /// <returns>How many bytes it has taken: at least one. <see cref="Wants"/> may be another for the rest.</returns>
    int Append(ReadOnlySpan<byte> data);
}
