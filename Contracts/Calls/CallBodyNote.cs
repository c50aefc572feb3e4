namespace KubeLens.Contracts.Calls;

/// <summary>What became of a body. The numbers are stored: add at the end, never renumber.</summary>
public enum CallBodyNote
{
    /// <summary>All of it was kept (or there was none).</summary>
    Whole = 0,

    /// <summary>Longer than the cap: kept up to the last whole token.</summary>
    Truncated = 1,

    /// <summary>Not captured by policy: credentials, logs, shells, proxied streams.</summary>
    NotCaptured = 2,

    /// <summary>Its content type cannot be redacted yet, so nothing was kept.</summary>
    UnsupportedType = 3,

    /// <summary>It did not parse, so it could not be redacted and nothing was kept.</summary>
    Undecodable = 4,

    /// <summary>Dropped because the capture queue or the spool was full; counted.</summary>
    Dropped = 5,

    /// <summary>The gateway ended before the body was redacted.</summary>
    Lost = 6,

    /// <summary>A protobuf object: its type and metadata were kept as JSON, the rest by the numbers of its fields as far as it may be seen, or not at all.</summary>
    MetadataOnly = 7,

    /// <summary>It was kept as long as its retention says, together with the headers, and is gone. Never in a record.</summary>
    Expired = 8,
}
