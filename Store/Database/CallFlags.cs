namespace KubeLens.Store.Database;

/// <summary>What is known of a call without a column of its own. The bits are stored: never renumber.</summary>
[Flags]
internal enum CallFlags
{
    None = 0,

    /// <summary>A body was longer than the capture cap.</summary>
    Truncated = 1,

    /// <summary>The upstream was spoken to without TLS.</summary>
    Plaintext = 2,

    /// <summary>The upstream's certificate was not checked.</summary>
    Unverified = 4,

    /// <summary>A watch was told that its resource version is too old (410).</summary>
    Gone = 8,
}
