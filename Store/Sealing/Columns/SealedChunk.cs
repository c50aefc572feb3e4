using KubeLens.Store.Database;

namespace KubeLens.Store.Sealing.Columns;

/// <summary>Up to 4,096 sealed calls, or some of them. Columns are decoded when they are asked for; of those, only the given ones can be.</summary>
/// <param name="segment">Which segment it is of.</param>
/// <param name="calls">How many the chunk has.</param>
/// <param name="columns">The bytes of a column by its number; empty for one that the chunk is older than.</param>
/// <param name="places">Which of the calls are wanted; null for all.</param>
internal sealed class SealedChunk(long segment, int calls, Func<int, ReadOnlyMemory<byte>> columns, int[]? places = null)
{
    /// <summary>Of data: the encoding of columns that this version writes.</summary>
    public const byte Version = 1;

    private readonly Dictionary<string, object> _decoded = new(StringComparer.Ordinal);

    /// <summary>One of which all columns were read.</summary>
    /// <param name="segment">Which segment it is of.</param>
    /// <param name="calls">How many.</param>
    /// <param name="offsets">Where columns begin in <paramref name="data"/>, and where the last one ends.</param>
    /// <param name="data">Of all columns.</param>
    /// <param name="places">Which of the calls are wanted; null for all.</param>
    public static SealedChunk Of(long segment, int calls, int[] offsets, ReadOnlyMemory<byte> data, int[]? places = null) => new(segment, calls, column => ColumnOf(offsets, data, column), places);

    /// <summary>Rows as a chunk would have them, so that they can be asked in the same way.</summary>
    public static SealedChunk Of(IReadOnlyList<Call> rows) => new(0, rows.Count, column => ChunkColumns.All[column].Encode(rows));

    /// <summary>The bytes of a column; empty for one that the chunk is older than.</summary>
    public static ReadOnlyMemory<byte> ColumnOf(int[] offsets, ReadOnlyMemory<byte> data, int column) => column + 1 < offsets.Length ? data[offsets[column]..offsets[column + 1]] : default;

    /// <summary>Fails with <see cref="InvalidDataException"/> for an encoding that this version does not read.</summary>
    public static void CheckVersion(short version)
    {
        if (version != Version)
        {
            throw new InvalidDataException($"Sealed calls of version {version} are unknown to this version.");
        }
    }

    public int Calls { get; } = places?.Length ?? calls;

    /// <summary>0 in chunks that are older than the column.</summary>
    public long[] Numbers(string name) => Decoded(name, bytes => NumberCodec.Decode(bytes.Span, calls, places), () => new long[Calls]);

    /// <summary>Of ids that a row may lack: <see cref="ChunkColumns.None"/> in chunks that are older than the column.</summary>
    public long[] OptionalNumbers(string name) => Decoded(name, bytes => NumberCodec.Decode(bytes.Span, calls, places), () => Repeated(ChunkColumns.None));

    public TextColumn Texts(string name) => Decoded(name, bytes => TextCodec.Decode(bytes.Span, calls, places), () => TextColumn.Empty(Calls));

    public IdColumn Ids(string name) => Decoded(name, bytes => GuidCodec.Decode(bytes.Span, calls, places), () => IdColumn.Empty(Calls));

    public DateTime At(int row) => ChunkColumns.Time(Numbers("at")[row]);

    /// <summary>The whole row, as the table had it; its pack is one of the segment's.</summary>
    public Call Row(int row)
    {
        int Int(string name) => (int)Numbers(name)[row];
        return new Call
        {
            Segment = segment,
            At = At(row),
            BatchId = Numbers("batch_id")[row],
            Ord = (short)Int("ord"),
            Sequence = Numbers("sequence")[row],
            AuditId = Ids("audit_id")[row],
            TraceId = Ids("trace_id")[row],
            SpanId = Ids("span_id")[row] is { } span ? ChunkColumns.Narrow(span) : null,
            LatencyUs = Numbers("latency_us")[row],
            RequestBytes = Numbers("request_bytes")[row],
            ResponseBytes = Numbers("response_bytes")[row],
            UserId = Int("user_id"),
            ImpersonatedUserId = Int("impersonated_user_id"),
            CallerId = Int("caller_id"),
            UserAgentId = Int("user_agent_id"),
            AddressId = Int("address_id"),
            NamespaceId = Int("namespace_id"),
            ResourceId = Int("resource_id"),
            VerbId = Int("verb_id"),
            MethodId = Int("method_id"),
            ReasonId = Int("reason_id"),
            ClusterId = Int("cluster_id"),
            GatewayId = Int("gateway_id"),
            Status = (short)Int("status"),
            Outcome = (short)Int("outcome"),
            Flags = (CallFlags)Int("flags"),
            PackSeq = (short)Int("pack_seq"),
            PackOrd = (short)Int("pack_ord"),
            DropDay = ChunkColumns.Day(Numbers("drop_day")[row]),
            Name = Texts("name")[row],
            Path = Texts("path")[row],
            Query = Texts("query")[row],
            ClientTlsId = Int("client_tls_id"),
            PeerId = Int("peer_id"),
            UpstreamUs = Numbers("upstream_us")[row],
            WorkloadId = Int("workload_id"),
            Uid = Ids("uid")[row],
            ResourceVersion = Texts("rv")[row],
            Session = Ids("session")[row],
            OptionsId = Optional("options_id", row),
            WarningsId = Optional("warnings_id", row),
            DecisionId = Optional("decision_id", row),
            AuditedAt = OptionalNumbers("audited_at")[row] is var at and not ChunkColumns.None ? ChunkColumns.Time(at) : null,
        };
    }

    private long[] Repeated(long number)
    {
        var numbers = new long[Calls];
        Array.Fill(numbers, number);
        return numbers;
    }

    private int? Optional(string name, int row) => OptionalNumbers(name)[row] is var id and not ChunkColumns.None ? (int)id : null;

    private T Decoded<T>(string name, Func<ReadOnlyMemory<byte>, T> decode, Func<T> older)
        where T : class
    {
        if (!_decoded.TryGetValue(name, out var known))
        {
            _decoded[name] = known = columns(ChunkColumns.NumberOf(name)) is { IsEmpty: false } bytes ? decode(bytes) : older();
        }

        return (T)known;
    }
}
