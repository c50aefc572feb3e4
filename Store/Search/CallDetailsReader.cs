using System.Text;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Audit;
using KubeLens.Store.Database;
using KubeLens.Store.Packing;

namespace KubeLens.Store.Search;

/// <summary>One call with its headers and bodies.</summary>
internal sealed class CallDetailsReader(CallSearch search, CallItems items, PackReader packs)
{
    /// <summary>What is left of a call whose pack has been dropped.</summary>
    public static readonly StoredCall Expired = new()
    {
        RequestBody = new StoredBody { Note = (int)CallBodyNote.Expired },
        ResponseBody = new StoredBody { Note = (int)CallBodyNote.Expired },
    };

    /// <summary>Null when there is no such call.</summary>
    public async Task<CallDetails?> ReadAsync(CallId id, CancellationToken cancellationToken)
    {
        if (await search.FindAsync(id, cancellationToken) is not { } row)
        {
            return null;
        }

        return await DescribeAsync(row, await packs.ReadAsync(row, cancellationToken) ?? Expired, cancellationToken);
    }

    /// <summary>Row and pack as one.</summary>
    public async Task<CallDetails> DescribeAsync(Call row, StoredCall stored, CancellationToken cancellationToken) => Describe(row, stored, await items.ReadTextsAsync([row], cancellationToken));

    /// <inheritdoc cref="DescribeAsync"/>
    /// <param name="row">Of a call.</param>
    /// <param name="stored">Of its pack.</param>
    /// <param name="texts">Those of <see cref="CallItems.ReadTextsAsync"/>, of this row at least.</param>
    public static CallDetails Describe(Call row, StoredCall stored, IReadOnlyDictionary<int, Dim> texts)
    {
        var item = CallItems.Item(row, texts);
        var workload = texts.GetValueOrDefault(row.WorkloadId);
        var options = row.OptionsId is { } optionsId ? texts[optionsId] : null;
        string Whole(string name, string column) => stored.Whole.TryGetValue(name, out var whole) ? whole : column;
        return new CallDetails
        {
            Id = item.Id,
            Time = item.Time,
            Cluster = item.Cluster,
            User = Whole("user", item.User),
            Groups = item.Groups,
            Caller = item.Caller,
            Verb = item.Verb,
            ApiGroup = item.ApiGroup,
            ApiVersion = item.ApiVersion,
            Resource = Whole("resource", item.Resource),
            Subresource = item.Subresource,
            Namespace = Whole("namespace", item.Namespace),
            Name = Whole("name", item.Name),
            AuditId = item.AuditId,
            Method = item.Method,
            Path = CallItems.PathOf(Whole("path", row.Path), Whole("query", row.Query)),
            Status = item.Status,
            LatencyMs = item.LatencyMs,
            RequestBytes = item.RequestBytes,
            ResponseBytes = item.ResponseBytes,
            UserAgent = Whole("userAgent", item.UserAgent),
            SourceIp = item.SourceIp,
            TraceId = item.TraceId,
            SpanId = item.SpanId,
            StartedAt = StartOf(row),
            Outcome = NameOf((CallOutcome)row.Outcome),
            Reason = texts[row.ReasonId].Value,
            UserSource = row.Flags.HasFlag(CallFlags.Audited) ? AuditNote.UserSource : stored.UserSource,
            Source = AuditItems.SourceOf(row),
            Audit = AuditItems.Of(row, texts),
            ImpersonatedUser = texts[row.ImpersonatedUserId].Value,
            Pod = workload?.Value ?? "",
            Node = workload?.Parts[0] ?? "",
            ClientAuditId = stored.ClientAuditId,
            LabelSelector = FactItems.Selector(stored.LabelSelector, options, OptionParts.LabelSelector),
            FieldSelector = FactItems.Selector(stored.FieldSelector, options, OptionParts.FieldSelector),
            Message = stored.Object?.Message ?? "",
            Object = FactItems.Object(row, stored),
            Options = FactItems.Options(options, stored.Options),
            Listing = FactItems.Listing(stored.Listing),
            Advice = FactItems.Advice(row.WarningsId is { } warningsId ? texts[warningsId] : null, stored.Advice),
            Program = FactItems.Program(Whole("userAgent", item.UserAgent), options, row, stored),
            Gateway = texts[row.GatewayId].Value,
            Connection = SideItems.Of(stored),
            Timings = SideItems.Timings(stored, row.UpstreamUs),
            Session = SessionItems.Of(stored.Session),
            Watch = WatchItems.Of(stored.Watch),
            RequestHeaders = Headers(stored.RequestHeaders),
            ResponseHeaders = Headers(stored.ResponseHeaders),
            RequestBody = Body(stored.RequestBody, stored.RequestHeaders, row.RequestBytes),
            ResponseBody = Body(stored.ResponseBody, stored.ResponseHeaders, row.ResponseBytes),
        };
    }

    // A latency is whatever a producer says: it may reach back before the calendar.
    internal static DateTimeOffset StartOf(Call row)
    {
        var ticks = (row.At - DateTime.UnixEpoch).Ticks;
        return row.LatencyUs >= ticks / TimeSpan.TicksPerMicrosecond ? DateTimeOffset.UnixEpoch : new DateTimeOffset(row.At).AddTicks(-row.LatencyUs * TimeSpan.TicksPerMicrosecond);
    }

    private static HeaderItem[] Headers(IEnumerable<StoredHeader> headers) => [.. headers.Select(h => new HeaderItem(h.Name, [.. h.Values]))];

    private static BodyItem? Body(StoredBody? body, IEnumerable<StoredHeader> headers, long bytes)
    {
        if (bytes == 0 && (body is null || body.Note == (int)CallBodyNote.Expired))
        {
            return null;
        }

        body ??= new StoredBody();
        var type = headers.FirstOrDefault(h => h.Name == "content-type")?.Values.FirstOrDefault() ?? "";
        return new BodyItem(type, bytes, body.Content.Length, NameOf((CallBodyNote)body.Note), body.RedactedValues, Encoding.UTF8.GetString(body.Content.Span));
    }

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
