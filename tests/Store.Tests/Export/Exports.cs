using System.Text.Json;

namespace KubeLens.Store.Tests.Export;

/// <summary>Asks a Store for exports.</summary>
internal static class Exports
{
    public static string PathOf(string format, string query = "", string from = "now-30d", string to = "now+30d") =>
        $"/api/v1/export?q={Uri.EscapeDataString(query)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&format={format}";

    public static async Task<string> ExportAsync(this TestStore store, string format, CancellationToken cancellationToken, string query = "")
    {
        using var response = await store.Auditor.GetAsync(PathOf(format, query), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"q={query}: {text}");
        return text;
    }

    /// <summary>JSON values, each ended by a line feed.</summary>
    public static List<JsonElement> Lines(string text)
    {
        (text.Length == 0 || text.EndsWith('\n')).ShouldBeTrue("the last line ends, too");
        return [.. text.Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
