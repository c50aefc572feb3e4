namespace KubeLens.Contracts.Query;

/// <summary>What the values of a field are.</summary>
public enum QueryKind
{
    /// <summary>Any text; wildcards, <c>=</c> and <c>~</c> work.</summary>
    Text,

    /// <summary>Text of few kinds that is compared in any case; wildcards, <c>=</c> and <c>~</c> work.</summary>
    Keyword,

    /// <summary><c>pods</c>, <c>pods/exec</c>, <c>pods/*</c>, <c>deployments.apps</c>: see <see cref="ResourcePattern"/>.</summary>
    Resource,

    /// <summary>One of <see cref="QueryField.Choices"/>.</summary>
    Choice,

    /// <summary>One of <see cref="QueryField.Choices"/>; a call has several at once.</summary>
    Flag,

    /// <summary>See <see cref="StatusRange"/>.</summary>
    Status,

    /// <summary>See <see cref="QueryDuration"/>.</summary>
    Duration,

    /// <summary>See <see cref="QuerySize"/>.</summary>
    Size,

    /// <summary>A UUID, in lower case with hyphens.</summary>
    Uuid,

    /// <summary>See <see cref="Calls.CallId"/>.</summary>
    CallId,

    /// <summary>32 hexadecimal digits, in lower case.</summary>
    TraceId,

    /// <summary>16 hexadecimal digits, in lower case.</summary>
    SpanId,

    /// <summary>Text inside a body; the field takes a path after a dot.</summary>
    Body,
}
