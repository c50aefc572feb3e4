using Npgsql;

namespace KubeLens.Store.Database;

/// <summary>The columns of the call table in the one order in which COPY writes and search reads them.</summary>
internal static class CallColumns
{
    public const string All =
        "at, batch_id, ord, sequence, audit_id, trace_id, span_id, latency_us, request_bytes, response_bytes, user_id, impersonated_user_id, caller_id, "
        + "user_agent_id, address_id, namespace_id, resource_id, verb_id, method_id, reason_id, cluster_id, gateway_id, status, outcome, flags, pack_seq, pack_ord, drop_day, name, path, query, client_tls_id, peer_id, upstream_us, workload_id, uid, rv, session, options_id, warnings_id, decision_id, audited_at";

    public static readonly int Count = All.Split(", ").Length;

    /// <summary>The same of the table that is called <paramref name="alias"/>.</summary>
    public static string Of(string alias) => string.Join(", ", All.Split(", ").Select(name => $"{alias}.{name}"));

    public static Call Read(NpgsqlDataReader row) => new()
    {
        At = row.GetDateTime(0),
        BatchId = row.GetInt64(1),
        Ord = row.GetInt16(2),
        Sequence = row.GetInt64(3),
        AuditId = row.IsDBNull(4) ? null : row.GetGuid(4),
        TraceId = row.IsDBNull(5) ? null : row.GetGuid(5),
        SpanId = row.IsDBNull(6) ? null : row.GetInt64(6),
        LatencyUs = row.GetInt64(7),
        RequestBytes = row.GetInt64(8),
        ResponseBytes = row.GetInt64(9),
        UserId = row.GetInt32(10),
        ImpersonatedUserId = row.GetInt32(11),
        CallerId = row.GetInt32(12),
        UserAgentId = row.GetInt32(13),
        AddressId = row.GetInt32(14),
        NamespaceId = row.GetInt32(15),
        ResourceId = row.GetInt32(16),
        VerbId = row.GetInt32(17),
        MethodId = row.GetInt32(18),
        ReasonId = row.GetInt32(19),
        ClusterId = row.GetInt32(20),
        GatewayId = row.GetInt32(21),
        Status = row.GetInt16(22),
        Outcome = row.GetInt16(23),
        Flags = (CallFlags)row.GetInt32(24),
        PackSeq = row.GetInt16(25),
        PackOrd = row.GetInt16(26),
        DropDay = row.GetFieldValue<DateOnly>(27),
        Name = row.GetString(28),
        Path = row.GetString(29),
        Query = row.GetString(30),
        ClientTlsId = row.GetInt32(31),
        PeerId = row.GetInt32(32),
        UpstreamUs = row.GetInt64(33),
        WorkloadId = row.GetInt32(34),
        Uid = row.IsDBNull(35) ? null : row.GetGuid(35),
        ResourceVersion = row.GetString(36),
        Session = row.IsDBNull(37) ? null : row.GetGuid(37),
        OptionsId = row.IsDBNull(38) ? null : row.GetInt32(38),
        WarningsId = row.IsDBNull(39) ? null : row.GetInt32(39),
        DecisionId = row.IsDBNull(40) ? null : row.GetInt32(40),
        AuditedAt = row.IsDBNull(41) ? null : row.GetDateTime(41),
    };
}
