namespace KubeLens.DemoCluster.Api.Output;

/// <summary><c>Warning: 299 - "…"</c>, which kubectl shows to its user.</summary>
internal static class Warnings
{
    public static void Add(HttpContext context, string text)
    {
        var quoted = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var warning = $"299 - \"{Printable(quoted)}\"";

        // A patch that runs again on a newer object finds the same again.
        if (!context.Response.Headers["Warning"].Contains(warning))
        {
            context.Response.Headers.Append("Warning", warning);
        }
    }

    private static string Printable(string text) => string.Concat(text.Where(letter => letter is >= ' ' and <= '~'));
}
