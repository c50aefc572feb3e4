using System.Net.Http.Headers;
using KubeLens.Testing;

namespace KubeLens.EndToEnd.Tests.Transparency;

/// <summary>What a client saw of an operation, aspect by aspect, before normalisation.</summary>
internal sealed class Observation
{
    // What one connection says to its peer and not the server to the client; and what a shared server changes at any time.
    private static readonly string[] HopByHop = ["Connection", "Keep-Alive", "Transfer-Encoding", "Trailer"];
    private static readonly string[] PresenceOnly = ["Date", "Audit-Id", "Content-Length"];

    private readonly SortedDictionary<string, string> _aspects = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Aspects => _aspects;

    public Observation With(string aspect, string value)
    {
        _aspects[aspect] = value;
        return this;
    }

    public static Observation Of(ProcessResult result) => new Observation()
        .With("exit code", $"{result.ExitCode}")
        .With("stdout", result.Output)
        .With("stderr", result.Error);

    public static async Task<Observation> OfAsync(HttpResponseMessage response, bool bytes, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var seen = new Observation()
            .With("status", $"{(int)response.StatusCode} {response.ReasonPhrase}")
            .With("body", bytes ? $"{body.Length} bytes {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body))}" : System.Text.Encoding.UTF8.GetString(body));
        seen.AddHeaders(response.Headers, "header");
        seen.AddHeaders(response.Content.Headers, "header");
        seen.AddHeaders(response.TrailingHeaders, "trailer");
        return seen;
    }

    private void AddHeaders(HttpHeaders headers, string kind)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                // Names have no case, and HTTP/2 none but the lower one.
                _aspects[$"{kind} {name.ToLowerInvariant()}"] = PresenceOnly.Contains(name, StringComparer.OrdinalIgnoreCase) ? "present" : string.Join(" | ", values);
            }
        }
    }
}
