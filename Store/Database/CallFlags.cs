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

    /// <summary>The apiserver's audit event of it is known.</summary>
    Audited = 16,

    /// <summary>It did not pass a gateway: only its audit event tells of it.</summary>
    Bypass = 32,

    /// <summary>Its audit-id was used by two calls that do not agree.</summary>
    Conflict = 64,

    /// <summary>Made of an audit event, and not of a gateway's record.</summary>
    FromAudit = 128,

    /// <summary>The apiserver says that the API version is deprecated.</summary>
    Deprecated = 256,
}
