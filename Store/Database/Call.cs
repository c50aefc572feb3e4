namespace KubeLens.Store.Database;

/// <summary>A stored call. Whatever search does not need is in its <see cref="Pack"/>.</summary>
internal sealed class Call
{
    /// <summary>The sealed segment that has it; 0 while its hour is not sealed. No column.</summary>
    public long Segment { get; init; }

    /// <summary>Completion time, the partition key.</summary>
    public required DateTime At { get; init; }

    public required long BatchId { get; init; }
    public required short Ord { get; init; }

    /// <summary>Counts the calls of one boot of the gateway; 0 from producers that do not count.</summary>
    public required long Sequence { get; init; }

    public Guid? AuditId { get; init; }
    public Guid? TraceId { get; init; }

    /// <summary>The eight bytes of the span id, big-endian.</summary>
    public long? SpanId { get; init; }

    public required long LatencyUs { get; init; }
    public required long RequestBytes { get; init; }
    public required long ResponseBytes { get; init; }
    public required int UserId { get; set; }
    public required int ImpersonatedUserId { get; set; }
    public required int CallerId { get; init; }
    public required int UserAgentId { get; init; }
    public required int AddressId { get; init; }
    public required int NamespaceId { get; init; }
    public required int ResourceId { get; init; }
    public required int VerbId { get; init; }
    public required int MethodId { get; init; }
    public required int ReasonId { get; init; }
    public required int ClusterId { get; init; }
    public required int GatewayId { get; init; }

    /// <summary>0 when no response began.</summary>
    public required short Status { get; init; }

    public required short Outcome { get; init; }
    public required CallFlags Flags { get; set; }
    /// <summary>It changes once: when the hour is sealed, its packs are written again.</summary>
    public required short PackSeq { get; set; }

    /// <inheritdoc cref="PackSeq"/>
    public required short PackOrd { get; set; }

    /// <summary>The day whose end drops the pack. It changes when a legal hold keeps the call beyond it (<c>HeldDays</c>).</summary>
    public required DateOnly DropDay { get; set; }

    public required string Name { get; init; }
    public required string Path { get; init; }
    public required string Query { get; init; }

    /// <summary>The handshake with the client. 0 in rows that are older than the column.</summary>
    public required int ClientTlsId { get; init; }

    /// <summary>The upstream's address and port. 0 in rows that are older than the column.</summary>
    public required int PeerId { get; init; }

    /// <summary>The part of the latency that the upstream took; -1 when it is not known.</summary>
    public required long UpstreamUs { get; init; }

    /// <summary>The pod and node that called. 0 in rows that are older than the column.</summary>
    public required int WorkloadId { get; init; }

    /// <summary>Of the object in the answer.</summary>
    public Guid? Uid { get; init; }

    /// <summary>Of the object or list in the answer; empty without one, and in rows that are older than the column.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>The run of kubectl.</summary>
    public Guid? Session { get; init; }

    /// <summary>What the request asked for; null when that was nothing.</summary>
    public int? OptionsId { get; init; }

    /// <summary>What the apiserver warned of; null when that was nothing.</summary>
    public int? WarningsId { get; init; }

    /// <summary>What the apiserver decided and noted, by its audit event; null for a call without one.</summary>
    public int? DecisionId { get; set; }

    /// <summary>When the apiserver received it, by its audit event, which it identifies; null for a call without one.</summary>
    public DateTime? AuditedAt { get; set; }

    /// <summary>Every dictionary entry that it has.</summary>
    public IEnumerable<int> DimIds => ((int[])
    [
        UserId, ImpersonatedUserId, CallerId, UserAgentId, AddressId, NamespaceId, ResourceId, VerbId, MethodId, ReasonId, ClusterId, GatewayId, ClientTlsId, PeerId, WorkloadId, OptionsId ?? 0, WarningsId ?? 0, DecisionId ?? 0,
    ]).Where(id => id != 0);
}
