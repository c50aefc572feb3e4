namespace KubeLens.Testing;

/// <summary>What a collector does with what it is sent.</summary>
public enum OtlpReceiverMood
{
    Takes,

    /// <summary>400, or INVALID_ARGUMENT.</summary>
    Rejects,

    /// <summary>It reads, and never answers.</summary>
    Hangs,
}
