using System.Buffers.Text;
using System.Text.Json;

namespace KubeLens.Gateway.Upstream;

/// <summary>The user that a JSON web token claims. The signature is the apiserver's to check; the record says the user is claimed.</summary>
internal static class TokenIdentity
{
    public static UpstreamIdentity Of(string token)
    {
        try
        {
            // header.payload.signature
            if (token.Split('.') is [_, var payload, _] && JsonDocument.Parse(Base64Url.DecodeFromChars(payload)) is var json)
            {
                using (json)
                {
                    return Of(json.RootElement);
                }
            }
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // An opaque token that happens to have two dots.
        }

        return new UpstreamIdentity("", UserGroups.Authenticated([]), UserSources.Unknown);
    }

    private static UpstreamIdentity Of(JsonElement claims)
    {
        var subject = claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty("sub", out var sub) && sub.ValueKind == JsonValueKind.String ? sub.GetString()! : "";
        return subject.Length == 0
            ? new UpstreamIdentity("", UserGroups.Authenticated([]), UserSources.Unknown)
            : new UpstreamIdentity(subject, UserGroups.Authenticated(UserGroups.OfServiceAccount(subject) ?? Groups(claims)), UserSources.TokenClaims);
    }

    private static IReadOnlyList<string> Groups(JsonElement claims) => claims.TryGetProperty("groups", out var groups) ? groups.ValueKind switch
    {
        JsonValueKind.String => [groups.GetString()!],
        JsonValueKind.Array => [.. groups.EnumerateArray().Where(group => group.ValueKind == JsonValueKind.String).Select(group => group.GetString()!)],
        _ => [],
    } : [];
}
