using System.Globalization;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Search;
using KubeLens.Store.Database;

namespace KubeLens.Store.Search;

/// <summary>Rows become items: dictionary ids become texts again.</summary>
internal sealed class CallItems(DimReader dims)
{
    internal const double MicrosecondsPerMillisecond = 1000;

    public async Task<IReadOnlyList<CallItem>> ReadAsync(IReadOnlyList<Call> rows, CancellationToken cancellationToken)
    {
        var texts = await ReadTextsAsync(rows, cancellationToken);
        return [.. rows.Select(row => Item(row, texts))];
    }

    public Task<IReadOnlyDictionary<int, Dim>> ReadTextsAsync(IReadOnlyList<Call> rows, CancellationToken cancellationToken) => dims.ReadAsync(
        rows.SelectMany(r => (int[])
        [
            r.UserId, r.ImpersonatedUserId, r.CallerId, r.UserAgentId, r.AddressId, r.NamespaceId, r.ResourceId, r.VerbId, r.MethodId, r.ReasonId, r.ClusterId, r.GatewayId, r.WorkloadId, r.OptionsId ?? 0, r.WarningsId ?? 0, r.DecisionId ?? 0,
        ]).Where(id => id != 0),
        cancellationToken);

    /// <param name="row">Of a call.</param>
    /// <param name="texts">Those of <see cref="ReadTextsAsync"/>, of this row at least.</param>
    public static CallItem Item(Call row, IReadOnlyDictionary<int, Dim> texts)
    {
        var resource = texts[row.ResourceId];
        return new CallItem
        {
            Id = IdOf(row),
            Time = row.At,
            Cluster = texts[row.ClusterId].Value,
            User = texts[row.UserId].Value,
            Groups = texts[row.UserId].Parts,
            Caller = texts[row.CallerId].Value,
            Verb = texts[row.VerbId].Value,
            ApiGroup = resource.Parts[0],
            ApiVersion = resource.Parts[1],
            Resource = resource.Value,
            Subresource = resource.Parts[2],
            Namespace = texts[row.NamespaceId].Value,
            Name = row.Name,
            AuditId = row.AuditId?.ToString("D", CultureInfo.InvariantCulture) ?? "",
            Method = texts[row.MethodId].Value,
            Path = PathOf(row.Path, row.Query),
            Status = row.Status == 0 ? null : row.Status,
            LatencyMs = MillisecondsOf(row),
            RequestBytes = row.RequestBytes,
            ResponseBytes = row.ResponseBytes,
            UserAgent = texts[row.UserAgentId].Value,
            SourceIp = texts[row.AddressId].Value,
            TraceId = row.TraceId?.ToString("N", CultureInfo.InvariantCulture),
            SpanId = row.SpanId?.ToString("x16", CultureInfo.InvariantCulture),
        };
    }

    public static string IdOf(Call row) => CallId.Of(row.At, row.BatchId, row.Ord).ToString();

    public static string PathOf(string path, string query) => query.Length > 0 ? $"{path}?{query}" : path;

    private static double MillisecondsOf(Call row) => row.LatencyUs / MicrosecondsPerMillisecond;
}
