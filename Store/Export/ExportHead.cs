using System.Text.Json;
using KubeLens.Contracts.Query;

namespace KubeLens.Store.Export;

/// <summary>What is known of an export before its first call.</summary>
/// <param name="Query">As it was asked.</param>
/// <param name="Range">Completion times.</param>
/// <param name="Json">How the API writes its types.</param>
internal sealed record ExportHead(string Query, TimeRange Range, JsonSerializerOptions Json)
{
    public JsonWriterOptions WriterOptions => new() { Encoder = Json.Encoder };
}
