using System.Text.Json.Serialization;

namespace KubeLens.DemoCluster.Audit;

/// <summary>
/// <c>audit.k8s.io/v1 Event</c> at the level Metadata (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/).
/// Times are RFC 3339 with microseconds.
/// </summary>
internal sealed record AuditEvent
{
    public string Level { get; } = "Metadata";
    public required string AuditID { get; init; }

    /// <summary><c>RequestReceived</c>, <c>ResponseStarted</c> (long-running calls only), <c>ResponseComplete</c>.</summary>
    public required string Stage { get; init; }

    [JsonPropertyName("requestURI")]
    public required string RequestUri { get; init; }

    public required string Verb { get; init; }
    public required AuditUser User { get; init; }
    public AuditUser? ImpersonatedUser { get; init; }

    [JsonPropertyName("sourceIPs")]
    public IReadOnlyList<string>? SourceIPs { get; init; }

    public string? UserAgent { get; init; }
    public AuditObjectReference? ObjectRef { get; init; }
    public AuditStatus? ResponseStatus { get; init; }
    public required string RequestReceivedTimestamp { get; init; }
    public required string StageTimestamp { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
