namespace KubeLens.Contracts.Search;

/// <summary>All that is kept of one call.</summary>
public sealed record CallDetails : CallItem
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary><c>completed</c>, <c>clientLeft</c>, <c>upstreamFailed</c>, <c>upstreamUnreachable</c>, <c>refused</c>, <c>upgradeEnded</c> or <c>gatewayLost</c>; <c>running</c> for a call in flight.</summary>
    public required string Outcome { get; init; }

    public required string Reason { get; init; }
    public required string UserSource { get; init; }

    /// <summary>One of <see cref="CallSources"/>.</summary>
    public string Source { get; init; } = CallSources.Gateway;

    /// <summary>Null for a call whose audit event is not known.</summary>
    public AuditItem? Audit { get; init; }

    public required string ImpersonatedUser { get; init; }

    /// <summary>The pod that called, in its service account's namespace.</summary>
    public required string Pod { get; init; }

    /// <summary>The node of that pod, or the node that called.</summary>
    public required string Node { get; init; }

    public required string ClientAuditId { get; init; }
    public required string LabelSelector { get; init; }
    public required string FieldSelector { get; init; }

    /// <summary>Of a <c>Status</c> answer.</summary>
    public required string Message { get; init; }

    public required ObjectItem Object { get; init; }

    /// <summary>Null when it asked for nothing.</summary>
    public required OptionsItem? Options { get; init; }

    /// <summary>Null when no list was answered.</summary>
    public required ListingItem? Listing { get; init; }

    public required AdviceItem Advice { get; init; }
    public required ProgramItem Program { get; init; }
    public required string Gateway { get; init; }
    public required ConnectionItem Connection { get; init; }
    public required TimingsItem Timings { get; init; }

    /// <summary>Null for a call that is no exec, attach or port-forward.</summary>
    public SessionItem? Session { get; init; }

    /// <summary>Null for a call that is no watch that was answered.</summary>
    public WatchItem? Watch { get; init; }

    public required IReadOnlyList<HeaderItem> RequestHeaders { get; init; }
    public required IReadOnlyList<HeaderItem> ResponseHeaders { get; init; }

    /// <summary>Null when the exchange had no body on this side.</summary>
    public required BodyItem? RequestBody { get; init; }

    public required BodyItem? ResponseBody { get; init; }

    /// <summary>
    /// What there is and is left out, because the reader's role does not see it: of <c>message</c>, <c>session.failure</c>, <c>requestHeaders</c> and <c>responseHeaders</c> (values only),
    /// <c>requestBody</c> and <c>responseBody</c>.
    /// </summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];
}
