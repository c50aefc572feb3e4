using System.Text.Json;

namespace KubeLens.Gateway.Identity.Tokens;

/// <summary>When a JSON web token says that it counts; null where it says nothing.</summary>
internal readonly record struct TokenTimes(DateTimeOffset? NotBefore, DateTimeOffset? Expires)
{
    // 9999-12-31
    private const double Last = 253402300799;

    public static TokenTimes Of(string token)
    {
        using var claims = TokenClaims.Parse(token);
        return claims is null ? default : new TokenTimes(Read(claims.RootElement, "nbf"), Read(claims.RootElement, "exp"));
    }

    private static DateTimeOffset? Read(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < Last
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;
}
