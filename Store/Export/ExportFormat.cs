using System.Buffers;
using KubeLens.Store.Export.Audit;
using KubeLens.Store.Export.Csv;
using KubeLens.Store.Export.Har;

namespace KubeLens.Store.Export;

/// <summary>A way to write calls. <c>docs/export.md</c> describes each.</summary>
/// <param name="Name">The parameter <c>format</c>.</param>
/// <param name="MediaType">Of the answer.</param>
/// <param name="Extension">Of the file, without a dot.</param>
/// <param name="Open">Begins an export.</param>
/// <param name="IsEndless">Calls may be added after the last: there is no end to write.</param>
internal sealed record ExportFormat(string Name, string MediaType, string Extension, Func<IBufferWriter<byte>, ExportHead, IExportWriter> Open, bool IsEndless = true)
{
    public static readonly ExportFormat Ndjson = new("ndjson", "application/x-ndjson", "ndjson", (output, head) => new NdjsonWriter(output, head));

    public static readonly IReadOnlyList<ExportFormat> All =
    [
        Ndjson,
        new("csv", "text/csv; charset=utf-8", "csv", (output, _) => new CsvWriter(output)),
        new("har", "application/json", "har", (output, head) => new HarWriter(output, head), IsEndless: false),
        new("audit", "application/x-ndjson", "audit.ndjson", (output, head) => new AuditWriter(output, head)),
    ];

    /// <summary>In any case; null when there is none of that name.</summary>
    public static ExportFormat? Find(string name) => All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));
}
