namespace KubeLens.Gateway.Capture.Connections;

/// <summary>What became of one client's connection; a feature of it.</summary>
internal sealed class ConnectionFacts
{
    /// <summary>Whether a request was read from it, which then has a record.</summary>
    public bool HasRequest { get; set; }

    /// <summary>Whether it came through TLS to the server's HTTP side.</summary>
    public bool SpokeTls { get; set; }

    /// <summary>Why what it sent was no request; null while there is nothing to say.</summary>
    public string? Problem { get; set; }
}
