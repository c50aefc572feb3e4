using System.Buffers.Binary;
using System.Globalization;
using KubeLens.Store.Database;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>
/// Every column of a chunk, in the order in which they are stored: add at the end, never take away or reorder. A chunk that is older
/// than a column has fewer, and its rows have then what <see cref="SealedChunk"/> says. <see cref="SealedChunk.Row"/> is the way back.
/// </summary>
internal static class ChunkColumns
{
    /// <summary>What stands for null in a column of dictionary ids, or of times since 1970: those are never below zero.</summary>
    public const long None = -1;

    private static readonly DateOnly Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    public static readonly IReadOnlyList<ChunkColumn> All =
    [
        ChunkColumn.Number("at", c => Microseconds(c.At)),
        ChunkColumn.Number("batch_id", c => c.BatchId),
        ChunkColumn.Number("ord", c => c.Ord),
        ChunkColumn.Number("sequence", c => c.Sequence),
        ChunkColumn.Id("audit_id", c => c.AuditId),
        ChunkColumn.Id("trace_id", c => c.TraceId),
        ChunkColumn.Id("span_id", c => c.SpanId is { } span ? Wide(span) : null),
        ChunkColumn.Number("latency_us", c => c.LatencyUs),
        ChunkColumn.Number("request_bytes", c => c.RequestBytes),
        ChunkColumn.Number("response_bytes", c => c.ResponseBytes),
        ChunkColumn.Number("user_id", c => c.UserId),
        ChunkColumn.Number("impersonated_user_id", c => c.ImpersonatedUserId),
        ChunkColumn.Number("caller_id", c => c.CallerId),
        ChunkColumn.Number("user_agent_id", c => c.UserAgentId),
        ChunkColumn.Number("address_id", c => c.AddressId),
        ChunkColumn.Number("namespace_id", c => c.NamespaceId),
        ChunkColumn.Number("resource_id", c => c.ResourceId),
        ChunkColumn.Number("verb_id", c => c.VerbId),
        ChunkColumn.Number("method_id", c => c.MethodId),
        ChunkColumn.Number("reason_id", c => c.ReasonId),
        ChunkColumn.Number("cluster_id", c => c.ClusterId),
        ChunkColumn.Number("gateway_id", c => c.GatewayId),
        ChunkColumn.Number("status", c => c.Status),
        ChunkColumn.Number("outcome", c => c.Outcome),
        ChunkColumn.Number("flags", c => (int)c.Flags),
        ChunkColumn.Number("pack_seq", c => c.PackSeq),
        ChunkColumn.Number("pack_ord", c => c.PackOrd),
        ChunkColumn.Number("drop_day", c => c.DropDay.DayNumber - Epoch.DayNumber),
        ChunkColumn.Text("name", c => c.Name),
        ChunkColumn.Text("path", c => c.Path),
        ChunkColumn.Text("query", c => c.Query),
        ChunkColumn.Number("client_tls_id", c => c.ClientTlsId),
        ChunkColumn.Number("peer_id", c => c.PeerId),
        ChunkColumn.Number("upstream_us", c => c.UpstreamUs),
        ChunkColumn.Number("workload_id", c => c.WorkloadId),
        ChunkColumn.Id("uid", c => c.Uid),
        ChunkColumn.Text("rv", c => c.ResourceVersion),
        ChunkColumn.Id("session", c => c.Session),
        ChunkColumn.Number("options_id", c => c.OptionsId ?? None),
        ChunkColumn.Number("warnings_id", c => c.WarningsId ?? None),
        ChunkColumn.Number("decision_id", c => c.DecisionId ?? None),
        ChunkColumn.Number("audited_at", c => c.AuditedAt is { } at ? Microseconds(at) : None),
    ];

    private static readonly Dictionary<string, int> Numbers = All.Select((column, i) => (column.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    public static int NumberOf(string name) => Numbers[name];

    public static DateTime Time(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    public static DateOnly Day(long days) => Epoch.AddDays((int)days);

    private static long Microseconds(DateTime at) => (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A span id as an id of 16 bytes.</summary>
    public static Guid Wide(long span)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], span);
        return new Guid(bytes, bigEndian: true);
    }

    public static long Narrow(Guid wide) => long.Parse(wide.ToString("N", CultureInfo.InvariantCulture).AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
