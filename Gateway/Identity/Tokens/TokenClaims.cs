using System.Buffers.Text;
using System.Text.Json;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>What a JSON web token says. Whoever reads it knows whether it was verified: before, it is good for hints only.</summary>
internal static class TokenClaims
{
    /// <summary>The claims, an object; null when it is no such token.</summary>
    public static JsonDocument? Parse(string token)
    {
        // header.payload.signature
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null; // an opaque token that happens to have two dots
        }
    }

    /// <summary><c>iss</c>; null when it is no such token or says nothing.</summary>
    public static string? Issuer(string token)
    {
        using var claims = Parse(token);
        try
        {
            return claims?.RootElement.TryGetProperty("iss", out var iss) == true && iss.ValueKind == JsonValueKind.String ? iss.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
