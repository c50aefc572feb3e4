namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>Reads one direction of an upgraded connection, in whatever pieces it comes. Holds a bounded amount of it and never throws.</summary>
internal interface IStreamDecoder : IDisposable
{
    /// <summary>Why it has stopped; empty while it reads.</summary>
    string Problem { get; }

    /// <summary>Whether nothing is half read.</summary>
    bool IsAtBoundary { get; }

    void Append(ReadOnlySpan<byte> data);
}
