namespace KubeLens.Store.Database;

/// <summary>What is known of a call only while its bodies are at hand. The bits are stored: never renumber.</summary>
[Flags]
internal enum CallFlags
{
    None = 0,

    /// <summary>A body was longer than the capture cap.</summary>
    Truncated = 1,
}
