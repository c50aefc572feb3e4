using KubeLens.Contracts.Query;
using KubeLens.Store.Search;

namespace KubeLens.Store.Export;

/// <summary>Reads the parameters of <c>GET /api/v1/export</c>: a request, or every error in them.</summary>
internal static class ExportRequestReader
{
    private const string FormatName = "format";

    private static readonly string[] Parameters = ["q", "from", "to", FormatName];

    /// <summary>Null when <paramref name="errors"/> holds any. The request is that of somebody who sees bodies.</summary>
    public static ExportRequest? Read(IQueryCollection parameters, DateTimeOffset now, int pageSize, out IReadOnlyList<QueryMessage> errors)
    {
        var search = SearchRequestReader.Read(parameters, Parameters, now, out errors);
        var text = SearchRequestReader.Text(parameters, FormatName);
        var format = text.Length == 0 ? ExportFormat.Ndjson : ExportFormat.Find(text);
        if (format is null)
        {
            errors = [.. errors, new QueryMessage("Q163", FormatName, 0, text.Length, $"format: \"{text}\" is none of {string.Join(", ", ExportFormat.All.Select(f => f.Name))}.", ExportFormat.Ndjson.Name)];
        }

        return search is null || format is null ? null : new ExportRequest(search with { Limit = pageSize }, format, SearchRequestReader.Text(parameters, "q"), HasBodies: true);
    }
}
