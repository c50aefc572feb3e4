namespace KubeLens.Gateway.Capture.Watches;

/// <summary>Splits the answer of a watch into events, in whatever pieces it comes. Holds a bounded amount of it.</summary>
internal interface IWatchReader
{
    /// <summary>Why it has stopped; empty while it reads.</summary>
    string Problem { get; }

    /// <summary>Whether no event is half read.</summary>
    bool IsAtBoundary { get; }

    void Append(ReadOnlySpan<byte> data);
}
