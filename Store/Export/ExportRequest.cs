using KubeLens.Store.Search;

namespace KubeLens.Store.Export;

/// <param name="Search">The first page.</param>
/// <param name="Format">How calls are written.</param>
/// <param name="Query">The query as it was asked.</param>
/// <param name="HasBodies">Whether whoever asks sees bodies.</param>
internal sealed record ExportRequest(SearchRequest Search, ExportFormat Format, string Query, bool HasBodies)
{
    /// <summary>A name for the file: <c>kubelens-20261101T100000Z-20261101T110000Z.ndjson</c>.</summary>
    public string FileName => FormattableString.Invariant($"kubelens-{Search.Range.From.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Search.Range.To.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.{Format.Extension}");
}
