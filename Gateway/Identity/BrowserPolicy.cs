using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Tells requests that a web page of another origin made a browser send. A browser adds its client certificate to them,
/// so that without this check any page could act on the cluster.
/// </summary>
internal static class BrowserPolicy
{
    /// <returns>Null when there is nothing against the request, else a sentence.</returns>
    public static string? Refusal(IHeaderDictionary headers)
    {
        var origin = headers.Origin;
        if (!StringValues.IsNullOrEmpty(origin) && !IsOwn(origin.ToString(), headers.Host.ToString()))
        {
            return $"requests from web pages of another origin ({Shown(origin.ToString())}) are refused";
        }

        // same-site is another port of localhost: another program.
        return headers.TryGetValue("Sec-Fetch-Site", out var site) && site.ToString() is not ("same-origin" or "none")
            ? "requests that a web page of another site makes a browser send are refused"
            : null;
    }

    // Only the scheme may differ: WebSocket clients disagree on it, and behind one port there is one server.
    private static bool IsOwn(string origin, string host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Length > 0
        && (string.Equals(uri.Authority, host, StringComparison.OrdinalIgnoreCase) || string.Equals($"{uri.Host}:{uri.Port}", host, StringComparison.OrdinalIgnoreCase));

    private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
