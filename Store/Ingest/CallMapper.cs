using System.Buffers.Binary;
using Google.Protobuf;
using KubeLens.Contracts.Calls;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Ingest;

/// <summary>One call on its way into the tables: its dictionary entries, its row and its part of a pack.</summary>
/// <param name="call">The call.</param>
/// <param name="audit">What the apiserver's audit event adds; null without one.</param>
internal sealed class CallMapper(CallRecord call, AuditNote? audit = null)
{
    public DimKey Cluster { get; } = new(DimKind.Cluster, call.Cluster);
    public DimKey Gateway { get; } = new(DimKind.Gateway, call.Gateway);
    public DimKey Resource { get; } = new(DimKind.Resource, call.Resource, call.ApiGroup, call.ApiVersion, call.Subresource);
    public DimKey Namespace { get; } = new(DimKind.Namespace, call.Namespace);
    private DimKey User { get; } = new(DimKind.User, call.User, call.Groups);
    private DimKey ImpersonatedUser { get; } = new(DimKind.ImpersonatedUser, call.ImpersonatedUser);
    private DimKey Caller { get; } = new(DimKind.Caller, call.Caller);
    private DimKey UserAgent { get; } = new(DimKind.UserAgent, call.UserAgent);
    private DimKey Address { get; } = new(DimKind.Address, call.SourceIp);
    private DimKey Verb { get; } = new(DimKind.Verb, call.Verb);
    private DimKey Method { get; } = new(DimKind.Method, call.Method);
    private DimKey Reason { get; } = new(DimKind.Reason, call.Reason);
    private DimKey ClientTls { get; } = new(DimKind.ClientTls, call.Client.TlsVersion, call.Client.Cipher, call.Client.Alpn, call.Client.ServerName);
    private DimKey Peer { get; } = new(DimKind.Peer, CallSide.EndpointOf(call.Upstream.Address, call.Upstream.Port));
    private DimKey Workload { get; } = new(DimKind.Workload, call.Pod, call.Node);
    private CallFacts Facts { get; } = new(call);
    private string Name { get; } = StoredText.Fit(call.Name, StoredText.IndexedBytes);
    private string Path { get; } = StoredText.Fit(call.Path, StoredText.PlainBytes);
    private string Query { get; } = StoredText.Fit(call.Query, StoredText.PlainBytes);

    private CallFlags Flags { get; } = (call.RequestBody.Note == CallBodyNote.Truncated || call.ResponseBody.Note == CallBodyNote.Truncated ? CallFlags.Truncated : CallFlags.None)
        | (call.Watch.ErrorCode == StatusCodes.Status410Gone ? CallFlags.Gone : CallFlags.None)
        | call.Upstream.Trust switch
    {
        CallTrust.Plaintext => CallFlags.Plaintext,
        CallTrust.Unverified => CallFlags.Unverified,
        _ => CallFlags.None,
    }
        | (audit?.Flags ?? CallFlags.None);

    public CallRecord Record => call;

    public IEnumerable<DimKey> Keys => [Cluster, Gateway, Resource, Namespace, User, ImpersonatedUser, Caller, UserAgent, Address, Verb, Method, Reason, ClientTls, Peer, Workload, .. Facts.Keys, .. audit is null ? Array.Empty<DimKey>() : [audit.Decision]];

    public Call ToRow(Delivery delivery, int ordinal, (short Seq, short Ord) pack, DateOnly dropDay, IReadOnlyDictionary<DimKey, int> ids) => new()
    {
        At = call.Time.UtcDateTime,
        BatchId = delivery.Key.BatchId,
        Ord = (short)ordinal,
        Sequence = call.Sequence,
        AuditId = call.AuditId == Guid.Empty ? null : call.AuditId,
        TraceId = TraceId(),
        SpanId = SpanId(),
        LatencyUs = call.LatencyUs,
        RequestBytes = call.RequestBytes,
        ResponseBytes = call.ResponseBytes,
        UserId = ids[User],
        ImpersonatedUserId = ids[ImpersonatedUser],
        CallerId = ids[Caller],
        UserAgentId = ids[UserAgent],
        AddressId = ids[Address],
        NamespaceId = ids[Namespace],
        ResourceId = ids[Resource],
        VerbId = ids[Verb],
        MethodId = ids[Method],
        ReasonId = ids[Reason],
        ClusterId = ids[Cluster],
        GatewayId = ids[Gateway],
        Status = (short)call.Status,
        Outcome = (short)call.Outcome,
        Flags = Flags,
        PackSeq = pack.Seq,
        PackOrd = pack.Ord,
        DropDay = dropDay,
        Name = Name,
        Path = Path,
        Query = Query,
        ClientTlsId = ids[ClientTls],
        PeerId = ids[Peer],
        UpstreamUs = call.Timings.UpstreamUs ?? -1,
        WorkloadId = ids[Workload],
        Uid = Facts.Uid,
        ResourceVersion = Facts.ResourceVersion,
        Session = Facts.Session,
        OptionsId = Facts.Options is { } options ? ids[options] : null,
        WarningsId = Facts.Warnings is { } warnings ? ids[warnings] : null,
        DecisionId = audit is null ? null : ids[audit.Decision],
        AuditedAt = audit?.ReceivedAt,
    };

    public StoredCall ToStored()
    {
        var stored = new StoredCall
        {
            RequestHeaders = { call.RequestHeaders.Select(Header) },
            ResponseHeaders = { call.ResponseHeaders.Select(Header) },
            RequestBody = Body(call.RequestBody),
            ResponseBody = Body(call.ResponseBody),
            UserSource = call.UserSource,
            ClientAuditId = call.ClientAuditId,
            LabelSelector = call.LabelSelector,
            FieldSelector = call.FieldSelector,
            ApiPrefix = call.ApiPrefix,
            Session = StoredSessions.Of(call.Session),
            Watch = StoredWatches.Of(call.Watch),
            Client = StoredSides.Of(call.Client, call.ClientRequest),
            Upstream = call.Upstream == CallSide.None ? null : StoredSides.Of(call.Upstream, call.UpstreamRequest),
        };
        StoredSides.Keep(call.Timings, stored);
        Facts.Keep(stored);
        Keep(stored, "user", call.User, User.Value);
        Keep(stored, "userAgent", call.UserAgent, UserAgent.Value);
        Keep(stored, "namespace", call.Namespace, Namespace.Value);
        Keep(stored, "resource", call.Resource, Resource.Value);
        Keep(stored, "name", call.Name, Name);
        Keep(stored, "path", call.Path, Path);
        Keep(stored, "query", call.Query, Query);
        return stored;
    }

    private static void Keep(StoredCall stored, string name, string whole, string column)
    {
        if (!ReferenceEquals(whole, column))
        {
            stored.Whole[name] = whole;
        }
    }

    private static StoredHeader Header(CallHeader header) => new() { Name = header.Name, Values = { header.Values } };

    private static StoredBody? Body(CallBody body) => body == CallBody.None
        ? null
        : new StoredBody { Content = UnsafeByteOperations.UnsafeWrap(body.Content), Note = (int)body.Note, RedactedValues = body.RedactedValues };

    // Ids of another length, or all zero, are invalid and count as absent (https://www.w3.org/TR/trace-context/).
    private Guid? TraceId() => call.TraceId.Length == 32 && Guid.TryParseExact(call.TraceId, "N", out var id) && id != Guid.Empty ? id : null;

    private long? SpanId() => call.SpanId.Length == 16 && BinaryPrimitives.ReadInt64BigEndian(Convert.FromHexString(call.SpanId)) is var id and not 0 ? id : null;
}
