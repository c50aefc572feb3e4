using System.Buffers.Text;
using System.Text.Json;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>What a JSON web token says before anybody has verified it: good for hints, never for a decision in the caller's favour.</summary>
internal static class TokenClaims
{
    /// <summary><c>exp</c>; null when it is no such token or says nothing.</summary>
    public static DateTimeOffset? Expires(string token) => Read(token, static claims =>
        claims.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number && exp.TryGetDouble(out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : (DateTimeOffset?)null);

    /// <summary><c>iss</c>; null when it is no such token or says nothing.</summary>
    public static string? Issuer(string token) => Read(token, static claims =>
        claims.TryGetProperty("iss", out var iss) && iss.ValueKind == JsonValueKind.String ? iss.GetString() : null);

    private static T? Read<T>(string token, Func<JsonElement, T?> read)
    {
        // header.payload.signature
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return default;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return json.RootElement.ValueKind == JsonValueKind.Object ? read(json.RootElement) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default; // an opaque token that happens to have two dots
        }
    }
}
