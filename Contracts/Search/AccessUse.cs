namespace KubeLens.Contracts.Search;

/// <summary>Calls of one user that ask for the same right.</summary>
public sealed record AccessUse
{
    /// <summary>API group; empty for the core group, and for a path.</summary>
    public required string ApiGroup { get; init; }

    /// <summary>Resource; empty for a path that is none of a resource.</summary>
    public required string Resource { get; init; }

    /// <summary>Subresource; empty without one.</summary>
    public required string Subresource { get; init; }

    /// <summary>Namespace; empty for what is in none, or is asked for in all of them.</summary>
    public required string Namespace { get; init; }

    /// <summary>Verb, as the apiserver authorizes it.</summary>
    public required string Verb { get; init; }

    /// <summary>Objects, or paths, in order; at most 64 of a day. Empty names stand for calls without one.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>There were more names than are kept.</summary>
    public bool HasMoreNames { get; init; }

    /// <summary>Calls that were allowed.</summary>
    public long Calls { get; init; }

    /// <summary>Calls that were answered with 401 or 403.</summary>
    public long Denied { get; init; }

    /// <summary>Calls without an answer, or with 429 or 5xx, which do not tell.</summary>
    public long Undecided { get; init; }

    /// <summary>On how many days.</summary>
    public int Days { get; init; }

    /// <summary>When the last of them completed.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Whether the RBAC allows it.</summary>
    public bool IsGranted { get; init; }

    /// <summary>Finds just these calls, within the days of the review; empty for a right that other calls needed as well.</summary>
    public string Query { get; init; } = "";
}
