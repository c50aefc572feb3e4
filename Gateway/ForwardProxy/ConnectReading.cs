namespace KubeLens.Gateway.ForwardProxy;

/// <summary>How the reading of a client's request ended.</summary>
internal enum ConnectReading
{
    /// <summary>It is all there.</summary>
    Whole,

    /// <summary>It is no HTTP request.</summary>
    Malformed,

    /// <summary>It is longer than a proxy's client has reason to send.</summary>
    TooLong,

    /// <summary>It did not come in time.</summary>
    TimedOut,

    /// <summary>The client left.</summary>
    Closed,
}
