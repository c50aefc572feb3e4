namespace KubeLens.Contracts.Search;

/// <summary>What calls did to one object, newest first, as far as the gateway saw it. Absent text is empty.</summary>
public sealed record ObjectHistory
{
    /// <summary>The cluster of the calls; the versions of one history are all of one cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>Empty for the core group.</summary>
    public required string ApiGroup { get; init; }

    public required string Resource { get; init; }

    /// <summary>Empty for what has no namespace.</summary>
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>Start of the range.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the range, included.</summary>
    public required DateTimeOffset To { get; init; }

    public required IReadOnlyList<ObjectVersion> Versions { get; init; }

    /// <summary>Leads to the older versions; null when there are none.</summary>
    public required string? Next { get; init; }
}
