namespace KubeLens.Contracts.Calls;

/// <summary>
/// One call to a Kubernetes API as the gateway saw it, redacted. <c>docs/call-record.md</c> defines every field:
/// type, unit, source, OTLP attribute, column, query field and redaction class. Text that is absent is empty, never null.
/// </summary>
public sealed record CallRecord
{
    /// <summary>Where the record stands in the stream of its gateway; null from producers that send no batch ids.</summary>
    public CallPosition? Position { get; init; }

    /// <summary>The gateway's name.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>One start of that gateway, as 16 hexadecimal digits.</summary>
    public string Boot { get; init; } = "";

    /// <summary>Counts the calls of one boot from 1; a gap is a lost call.</summary>
    public long Sequence { get; init; }

    /// <summary>When the last response byte was released, to the microsecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>From the request's first byte to <see cref="Time"/>, in microseconds.</summary>
    public long LatencyUs { get; init; }

    public CallOutcome Outcome { get; init; }
    public string Cluster { get; init; } = "";

    /// <summary>Whom the apiserver sees.</summary>
    public string User { get; init; } = "";

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>
    /// How <see cref="User"/> is known: <c>certificate</c>, <c>token-review</c>, <c>oidc</c>, <c>token-claims</c>, <c>kubeconfig</c>,
    /// <c>impersonation</c> or <c>unknown</c>.
    /// </summary>
    public string UserSource { get; init; } = "";

    /// <summary>The user that the caller asked to act as, by <c>Impersonate-User</c>.</summary>
    public string ImpersonatedUser { get; init; } = "";

    /// <summary>Who authenticated to the gateway; empty where nobody did.</summary>
    public string Caller { get; init; } = "";

    /// <summary>The pod that the caller's token was made for; its namespace is the service account's.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The node of that pod, or the node that called itself.</summary>
    public string Node { get; init; } = "";

    /// <summary>How long its headers and bodies are to be kept: a class of the Store's configuration; empty for the usual time.</summary>
    public string Retention { get; init; } = "";

    public string Verb { get; init; } = "";

    /// <summary><c>api</c>, <c>apis</c>, or empty for a non-resource path.</summary>
    public string ApiPrefix { get; init; } = "";

    public string ApiGroup { get; init; } = "";
    public string ApiVersion { get; init; } = "";
    public string Resource { get; init; } = "";
    public string Subresource { get; init; } = "";
    public string Namespace { get; init; } = "";
    public string Name { get; init; } = "";
    public string LabelSelector { get; init; } = "";
    public string FieldSelector { get; init; } = "";

    public CallObject Object { get; init; } = CallObject.None;
    public CallOptions Options { get; init; } = CallOptions.None;
    public CallListing Listing { get; init; } = CallListing.None;
    public CallAdvice Advice { get; init; } = CallAdvice.None;
    public CallProgram Program { get; init; } = CallProgram.None;

    /// <summary>Minted by the gateway for every call, a UUIDv7.</summary>
    public Guid AuditId { get; init; }

    /// <summary>The <c>Audit-ID</c> that the client sent, which is not trusted.</summary>
    public string ClientAuditId { get; init; } = "";

    /// <summary>The <c>reason</c> of a Kubernetes <c>Status</c> answer.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Of an exec, attach or port-forward; <see cref="CallSession.None"/> for every other call.</summary>
    public CallSession Session { get; init; } = CallSession.None;

    /// <summary>Of a watch that was answered; <see cref="CallWatch.None"/> for every other call.</summary>
    public CallWatch Watch { get; init; } = CallWatch.None;

    public string Method { get; init; } = "";

    /// <summary>The raw path of the request target, escapes kept.</summary>
    public string Path { get; init; } = "";

    /// <summary>The raw query without its <c>?</c>, values of tokens redacted.</summary>
    public string Query { get; init; } = "";

    /// <summary>0 when no response began.</summary>
    public int Status { get; init; }

    /// <summary>Request body bytes that passed, before any cap; both directions of an upgrade count here and in <see cref="ResponseBytes"/>.</summary>
    public long RequestBytes { get; init; }

    public long ResponseBytes { get; init; }
    public string UserAgent { get; init; } = "";
    public string SourceIp { get; init; } = "";

    /// <summary>The client's connection.</summary>
    public CallSide Client { get; init; } = CallSide.None;

    /// <summary>Which request of the client's connection this one is, from 1; 0 when it is not known.</summary>
    public long ClientRequest { get; init; }

    /// <summary>The connection to the upstream; <see cref="CallSide.None"/> when none was used.</summary>
    public CallSide Upstream { get; init; } = CallSide.None;

    /// <summary>Which request of the upstream connection this one is, from 1; 0 when it is not known.</summary>
    public long UpstreamRequest { get; init; }

    public CallTimings Timings { get; init; } = CallTimings.None;

    /// <summary>Whether the Store was told of it while it ran: it may know it under its <see cref="OpenCallId"/>.</summary>
    public bool Announced { get; init; }

    /// <summary>32 hexadecimal digits, or empty.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>16 hexadecimal digits, or empty.</summary>
    public string SpanId { get; init; } = "";

    public IReadOnlyList<CallHeader> RequestHeaders { get; init; } = [];
    public IReadOnlyList<CallHeader> ResponseHeaders { get; init; } = [];
    public CallBody RequestBody { get; init; } = CallBody.None;
    public CallBody ResponseBody { get; init; } = CallBody.None;
}
