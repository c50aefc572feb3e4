using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>
/// The token of a request: <c>Authorization: Bearer …</c>, or for browsers, which cannot set that on a WebSocket, the protocol
/// <c>base64url.bearer.authorization.k8s.io.…</c>. Where both are there the header counts, as for an apiserver.
/// </summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";
    private const string Protocol = "base64url.bearer.authorization.k8s.io.";
    private const string ProtocolHeader = "Sec-WebSocket-Protocol";
    private const int MaxLength = 64 * 1024;

    /// <summary>Null when there is none, or nothing that could be one.</summary>
    public static string? Of(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization;
        return authorization.Count > 0 ? OfAuthorization(authorization)
            : headers.TryGetValue(ProtocolHeader, out var protocols) ? OfProtocols(protocols)
            : null;
    }

    /// <summary>Takes the token out of the protocols that go upstream: what the gateway has read it says itself, or not at all.</summary>
    public static void RemoveProtocol(HttpRequestHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues(ProtocolHeader, out var lines) || !lines.ToString().Contains(Protocol, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var others = string.Join(", ", lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries)).Where(one => !one.StartsWith(Protocol, StringComparison.OrdinalIgnoreCase)));
        headers.Remove(ProtocolHeader);
        if (others.Length > 0)
        {
            headers.TryAddWithoutValidation(ProtocolHeader, others);
        }
    }

    private static string? OfAuthorization(StringValues values) =>
        values is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && value.AsSpan(Scheme.Length).Trim(' ') is { IsEmpty: false } token && IsToken(token)
            ? token.ToString()
            : null;

    private static string? OfProtocols(StringValues lines)
    {
        string? found = null;
        foreach (var line in lines)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var one = line.AsSpan(part).Trim();
                if (!one.StartsWith(Protocol, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                // An apiserver refuses a second one, too.
                if (found is not null || Decode(one[Protocol.Length..]) is not { } token)
                {
                    return null;
                }

                found = token;
            }
        }

        return found;
    }

    private static string? Decode(ReadOnlySpan<char> encoded)
    {
        if (encoded.IsEmpty || encoded.Length > MaxLength || !Base64Url.IsValid(encoded))
        {
            return null;
        }

        var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
        return IsToken(token) ? token : null;
    }

    // RFC 6750 allows less; opaque tokens of webhooks are what they are, but visible.
    private static bool IsToken(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExceptInRange('!', '~');
}
