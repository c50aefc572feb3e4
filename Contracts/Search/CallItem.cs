namespace KubeLens.Contracts.Search;

/// <summary>A row of a search result. Absent text is empty, absent numbers are null; nothing is omitted.</summary>
public record CallItem
{
    /// <summary>Of a call that runs, or whose gateway was lost: its <c>OpenCallId</c>, which leads to the ended call for a day after its end.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it still runs: time, latency and bytes are those of now, or of its gateway's last word.</summary>
    public bool InFlight { get; init; }

    /// <summary>Completion time, or now for a call in flight; UTC, RFC 3339 with microseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Cluster { get; init; }
    public required string User { get; init; }
    public required IReadOnlyList<string> Groups { get; init; }
    public required string Caller { get; init; }
    public required string Verb { get; init; }
    public required string ApiGroup { get; init; }
    public required string ApiVersion { get; init; }
    public required string Resource { get; init; }
    public required string Subresource { get; init; }
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public required string AuditId { get; init; }
    public required string Method { get; init; }

    /// <summary>Raw path and query, token values redacted.</summary>
    public required string Path { get; init; }

    /// <summary>Null when no response began.</summary>
    public required int? Status { get; init; }

    /// <summary>Milliseconds with up to three decimals.</summary>
    public required double LatencyMs { get; init; }

    public required long RequestBytes { get; init; }
    public required long ResponseBytes { get; init; }
    public required string UserAgent { get; init; }
    public required string SourceIp { get; init; }
    public required string? TraceId { get; init; }
    public required string? SpanId { get; init; }
}
